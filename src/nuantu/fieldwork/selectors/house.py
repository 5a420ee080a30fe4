"""The part of the bundle for a round in the house: who is here tonight and what is due for whom.

No name of a medicine, nothing of an illness, no photo; a restricted resident is called as on every
list. A look at medical words is a line of the journal, and without a line none could be written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.stays.access import CARE, MEDICINE
from nuantu.stays.models import CareEntry, Dose, Medication, Search, Stay
from nuantu.stays.rules.care import BODY_CARE, SLOTS
from nuantu.stays.rules.medicine import doses_of
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.board import Resident, in_bed_order, residents, stays_here
from nuantu.stays.selectors.care.day import ROUNDS, slots_open
from nuantu.stays.selectors.care.house import bedding

Kind = CareEntry.Kind
# What is put down for one resident in words.
SEEN = (Kind.OBSERVATION, Kind.VISITOR, Kind.INCIDENT)
Json = dict[str, Any]


def house_of(actor: Actor, at: datetime) -> Json | None:
    """The house of whoever cares for residents, None for others; run in his scope."""
    if not actor.may(CARE):
        return None
    people = residents(stays_here(actor.org_code), at)
    stays = [one.stay for one in people]
    doses = _doses(actor, stays, at)
    meals = _meals(stays, at)
    sought = set(Search.objects.filter(stay__in=stays, end="").values_list("stay", flat=True))
    return {
        "date": f"{clock.local(at):%Y-%m-%d}",
        "slots": _slots(actor.division_code, at),
        "rounds": [_kind(Kind(code)) for code in ROUNDS],
        "seen": [_kind(kind) for kind in SEEN],
        "residents": [
            _resident(one, meals[one.stay.pk], doses[one.stay.pk], one.stay.pk in sought)
            for one in in_bed_order(people)
        ],
        "beds": _beds(actor, at),
    }


def _slots(division_code: str, at: datetime) -> list[Json]:
    """The meals with the minute of the day from which each is served, and from which it is put down."""
    book, opens = rules_at(division_code, at), slots_open(division_code, at)
    return [
        {
            "code": code,
            "word": str(CareEntry.Slot(code).label),
            "from": int(book.need(f"care.{code}").number),
            "opens": opens[code],
        }
        for code in SLOTS
    ]


def _kind(kind: CareEntry.Kind) -> Json:
    return {"code": str(kind), "word": str(kind.label), "of_body": str(kind) in BODY_CARE}


def _resident(one: Resident, meals: Json, doses: list[Json], is_sought: bool) -> Json:
    stay, bed = one.stay, one.bed.bed if one.bed else None
    return {
        "id": str(stay.public_id),
        "number": stay.number,
        "called": one.card.called,
        "sex": one.card.sex,
        "age": one.card.age,
        "is_woman": stay.sex == "female",
        "bed": bed_words(bed) if bed else "",
        "bed_id": str(bed.public_id) if bed else "",
        "room_id": str(bed.room.public_id) if bed else "",
        "diet": str(stay.get_diet_display()) if stay.diet != "general" else "",
        "care": str(stay.get_care_level_display()) if stay.care_level != "self" else "",
        "is_out": one.absence is not None,
        "is_sought": is_sought,
        "meals": meals,
        "doses": doses,
    }


def _meals(stays: Sequence[Stay], at: datetime) -> dict[int, Json]:
    found: dict[int, Json] = defaultdict(dict)
    rows = CareEntry.objects.filter(stay__in=stays, on_date=clock.local(at).date(), kind=Kind.MEAL)
    for stay, slot, outcome in rows.values_list("stay", "slot", "outcome"):
        found[stay][slot] = outcome
    return found


def _doses(actor: Actor, stays: Iterable[Stay], at: datetime) -> dict[int, list[Json]]:
    """Doses of today and tomorrow that nobody put down: for the medic all, with the id to answer by;
    for others when one is due, of those that a carer is told of."""
    rows = Medication.objects.filter(stay__in=list(stays), ended_at=None).order_by("pk")
    rows = rows if (may_give := actor.may(MEDICINE)) else rows.filter(is_told=True)
    today = clock.local(at).date()
    begins = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    taken = Dose.objects.filter(medication__in=rows, due_at__gte=begins, taken_back_at=None)
    done = set(taken.values_list("medication", "due_at"))
    found: dict[int, list[Json]] = defaultdict(list)
    places: dict[int, int] = defaultdict(int)
    for row in rows:
        places[row.stay_id] += 1
        for day in (today, today + timedelta(days=1)):
            for due_at in doses_of(row.times, day, row.begins_date, row.until_date, clock.LOCAL):
                if (row.pk, due_at) not in done:
                    own = {"id": str(row.public_id), "place": places[row.stay_id]}
                    moment = {"due_at": due_at.isoformat()}
                    found[row.stay_id].append(moment | own if may_give else moment)
    for doses in found.values():
        doses.sort(key=lambda one: (one["due_at"], one.get("place", 0)))
    return found


def _beds(actor: Actor, at: datetime) -> list[Json]:
    """Beds whose bedding is due until tomorrow."""
    page = bedding(actor.org_code, actor.division_code, at)
    soon = [line for line in page.later if line.due_at <= at + timedelta(days=1)]
    return [
        {
            "id": str(line.bed.public_id),
            "words": bed_words(line.bed),
            "due_at": line.due_at.isoformat(),
        }
        for line in (*page.due, *soon)
    ]
