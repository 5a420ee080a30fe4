"""What reception and stay tell a paper: registration, belongings, refusal, the record of the stay."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from nuantu.core import erasure
from nuantu.core.actors import Actor
from nuantu.core.money import Fen, yuan
from nuantu.core.sentences import stored
from nuantu.encounters.selectors.papers import family_of, moment, of_person
from nuantu.operations.models import Handover
from nuantu.operations.selectors import rules_at
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds
from nuantu.stays.models import BedStay, Belonging, CareEntry, Inquiry, Leaving, Reception, Stay
from nuantu.stays.models.choices import ArrivalMode
from nuantu.stays.rules.leaving import COLLECTED, ENDED, FOSTER, FOSTER_FAMILY, SELF
from nuantu.stays.selectors import door
from nuantu.stays.selectors.known import is_identified

_DECISIONS: Final[dict[str, str]] = {
    Reception.State.ADMITTED: "help",
    Reception.State.REFUSED: "refuse",
    Reception.State.HOSPITAL: "hospital_first",
    Reception.State.POLICE: "police",
}
_OUR_CODES: Final = re.compile(r"[(（][A-Z]{2}-\d+[^)）]*[)）]")
_SECURITY = {"passed": "passed", "refused": "refused", "found": "prohibited"}


def feed_papers() -> None:
    """Tell `papers` which of its kinds a station can fill."""
    kinds.feed("help_registration", subject_kind="reception", gather=registration, offers=_every)
    kinds.feed("belongings", subject_kind="reception", gather=kept_things, offers=_with_things)
    kinds.feed("refusal_notice", subject_kind="reception", gather=refusal, offers=_refused)
    kinds.feed("police_handover", subject_kind="reception", gather=from_police, offers=_by_police)
    kinds.feed("stay_record", subject_kind="stay", gather=stay_record, offers=_stays)
    kinds.feed("termination_notice", subject_kind="stay", gather=termination, offers=_ended)
    kinds.feed(
        "family_pickup",
        subject_kind="stay",
        gather=pickup,
        offers=_left_by(*sorted(COLLECTED - {FOSTER_FAMILY})),
    )
    kinds.feed(
        "foster_handover",
        subject_kind="stay",
        gather=foster,
        offers=_left_by(FOSTER, FOSTER_FAMILY),
    )
    kinds.feed("station_transfer", subject_kind="stay", gather=transfer, offers=_left_by("station"))
    kinds.feed("self_departure", subject_kind="stay", gather=departure, offers=_may_declare)


def _every(case_id: UUID) -> Iterable[UUID]:
    found = Reception.objects.filter(case_id=case_id).order_by("asked_at")
    return found.values_list("public_id", flat=True)


def _with_things(case_id: UUID) -> Iterable[UUID]:
    found = Reception.objects.filter(case_id=case_id, belongings__isnull=False).distinct()
    return found.order_by("asked_at").values_list("public_id", flat=True)


def _refused(case_id: UUID) -> Iterable[UUID]:
    """Refusals without a notice in force: one is issued with the decision and has its number."""
    found = Reception.objects.filter(case_id=case_id, state=Reception.State.REFUSED)
    found = found.exclude(public_id__in=_issued(case_id, "refusal_notice"))
    return found.order_by("asked_at").values_list("public_id", flat=True)


def _left_by(*ways: str) -> kinds.Offers:
    """Stays of a case that ended by one of the ways."""

    def offers(case_id: UUID) -> Iterable[UUID]:
        found = Stay.objects.filter(case_id=case_id, leaving__way__in=ways)
        return found.order_by("entered_at").values_list("public_id", flat=True)

    return offers


def _ended(case_id: UUID) -> Iterable[UUID]:
    """Ended stays without a notice in force: one is issued with the end and has its number."""
    found = Stay.objects.filter(case_id=case_id, leaving__way=ENDED)
    found = found.exclude(public_id__in=_issued(case_id, "termination_notice"))
    return found.order_by("entered_at").values_list("public_id", flat=True)


def _issued(case_id: UUID, kind: str) -> QuerySet[Paper, UUID]:
    """What has a paper of this kind in force."""
    found = Paper.objects.filter(case_id=case_id, kind=kind, state=Paper.State.ISSUED)
    return found.values_list("subject_id", flat=True)


def notice_of(subject_id: UUID, kind: str) -> Paper | None:
    """The paper of a kind in force about a reception or a stay, the newest."""
    found = Paper.objects.filter(subject_id=subject_id, kind=kind, state=Paper.State.ISSUED)
    return found.order_by("-pk").first()


def _by_police(case_id: UUID) -> Iterable[UUID]:
    found = Reception.objects.filter(case_id=case_id, arrival_mode=ArrivalMode.POLICE)
    return found.order_by("asked_at").values_list("public_id", flat=True)


def _stays(case_id: UUID) -> Iterable[UUID]:
    found = Stay.objects.filter(case_id=case_id).order_by("entered_at")
    return found.values_list("public_id", flat=True)


def _may_declare(case_id: UUID) -> Iterable[UUID]:
    """Stays that go on or ended by his own word: the dead and the fetched declare nothing."""
    found = Stay.objects.filter(case_id=case_id).filter(Q(leaving=None) | Q(leaving__way=SELF))
    return found.order_by("entered_at").values_list("public_id", flat=True)


def registration(actor: Actor, reception: Reception, at: datetime) -> Values:
    """F-06: what was asked, seen and decided at the door."""
    answers = {one.kind: one for one in reception.inquiries.order_by("asked_at")}
    fingerprint = answers.get(Inquiry.Kind.FINGERPRINT)
    identity = answers.get(Inquiry.Kind.IDENTITY)
    things = notice_of(reception.public_id, "belongings")
    return of_person(reception.person, reception.asked_at) | {
        "asked_at": moment(reception.asked_at),
        "arrival_mode": stored(reception.get_arrival_mode_display),
        "escort_unit": reception.brought_by,
        "story": reception.trouble,
        "relatives": [{"phone": said} for said in family_of(reception.person)],
        "body_check": stored(_body_words(reception)),
        "security_check": _SECURITY.get(reception.security, ""),
        "belongings_number": things.number if things else "",
        "fingerprint_asked": stored(fingerprint.get_answer_display) if fingerprint else "",
        "match_result": stored(identity.get_answer_display) if identity else "",
        "informed": "yes" if reception.is_informed else "no",
        "decision": _DECISIONS.get(reception.state, ""),
        "decision_reason": reception.decision_note,
        "filled_by_staff": "yes",
    }


def _body_words(reception: Reception) -> object:
    """Where he was put by health; what was seen stays with medic and head, on no paper."""
    if reception.is_hospital_needed:
        return "先送医"
    return reception.get_health_display if reception.body else ""


def kept_things(actor: Actor, reception: Reception, at: datetime) -> Values:
    """F-07: what was handed in, sealed, given back."""
    things = list(reception.belongings.order_by("taken_at", "pk"))
    cash = Fen(sum(thing.cash_fen for thing in things))
    seals = list(dict.fromkeys(thing.seal_number for thing in things if thing.seal_number))
    ends = [thing.ended_at for thing in things]
    returned = max((end for end in ends if end), default=None) if all(ends) else None
    return of_person(reception.person, reception.asked_at) | {
        "belongings": [_thing(thing) for thing in things],
        "cash": yuan(cash) if cash else "",
        "seal_number": "、".join(seals),
        "deposited_at": moment(min((thing.taken_at for thing in things), default=None)),
        "returned_at": moment(returned),
    }


def _thing(thing: Belonging) -> Row:
    return {
        "item": thing.item,
        "quantity": str(thing.quantity),
        "description": thing.description,
        "disposal": stored(thing.get_end_display),
    }


def refusal(actor: Actor, reception: Reception, at: datetime) -> Values:
    """F-08: the ground in the words of the law, and where to complain."""
    place, decided_at = reception.division_code, reception.decided_at or at
    return of_person(reception.person, reception.asked_at) | {
        "asked_at": moment(reception.asked_at),
        "refusal_cause": stored(
            lambda: dict(door.grounds(place, decided_at)).get(reception.ground, "")
        ),
        "legal_basis": _as_printed(door.ground_source(place, decided_at, reception.ground)),
        "reason": reception.decision_note,
        "remedy": remedy(place, decided_at),
    }


def remedy(division_code: str, at: datetime) -> str:
    """Where somebody complains whose help is refused or ended, in the words of the law (EL-14)."""
    rule = rules_at(division_code, at).need("help.remedy")
    return str(rule.value["says"]) if isinstance(rule.value, dict) else ""


def _as_printed(source: str) -> str:
    """A source without the codes of our own notes, which mean nothing on an official paper."""
    return _OUR_CODES.sub("", source).strip()


def from_police(actor: Actor, reception: Reception, at: datetime) -> Values:
    """F-05: whom the police brought, as the station received him."""
    known = registration(actor, reception, at) | kept_things(actor, reception, at)
    return known | {
        "health": known["body_check"] or known["health"],
        "receiver_unit": actor.org_name,
        "receiver_name": reception.recorded_by,
        "handed_over_at": moment(reception.asked_at),
        "police_check": known["match_result"],
    }


def stay_record(actor: Actor, stay: Stay, at: datetime) -> Values:
    """F-09: bed, care and the way out, as far as they are known today."""
    place = BedStay.objects.filter(stay=stay).select_related("bed__room__zone").order_by("-pk")
    given, leaving = place.first(), Leaving.objects.filter(stay=stay).first()
    return of_person(stay.person, stay.entered_at) | {
        "entered_at": moment(stay.entered_at),
        "zone": given.bed.room.zone.name if given else "",
        "bed": f"{given.bed.room.name}-{given.bed.label}" if given else "",
        "safety_briefed_at": moment(stay.briefed_at),
        "diet": stored(stay.get_diet_display),
        "care_level": stored(stay.get_care_level_display),
        **_in_the_house(stay),
        "left_at": moment(stay.left_at),
        "exit_mode": stored(leaving.get_way_display) if leaving else "",
        "destination": leaving.destination if leaving else "",
        "voucher": leaving.voucher_number if leaving else "",
        "cash_amount": yuan(Fen(leaving.cash_fen)) if leaving and leaving.cash_fen else "",
    }


def _in_the_house(stay: Stay) -> Values:
    """What the care log tells of visits and teaching, and how long the stay was made longer."""
    kept = CareEntry.objects.filter(stay=stay, outcome=CareEntry.Outcome.GIVEN)
    kept = kept.order_by("happened_at", "pk")
    taught = Counter(
        stored(one.get_kind_display) for one in kept.filter(kind__in=("activity", "education"))
    )
    longer = stay.extensions.order_by("-pk").first()
    return {
        "contacts": [
            {
                "at": moment(one.happened_at),
                "person": stored(one.get_kind_display),
                "result": one.note,
            }
            for one in kept.filter(kind=CareEntry.Kind.VISITOR)
        ],
        "services": "、".join(f"{words}{times}次" for words, times in taught.items()),
        "extension": f"到{longer.until_date}：{longer.reason}" if longer else "",
    }


def departure(actor: Actor, stay: Stay, at: datetime) -> Values:
    """F-14: what somebody who goes by himself declares."""
    leaving = Leaving.objects.filter(stay=stay).first()
    return of_person(stay.person, stay.entered_at) | {
        "entered_at": moment(stay.entered_at),
        "left_at": moment(stay.left_at or at),
        "destination": leaving.destination if leaving else "",
    }


def termination(actor: Actor, stay: Stay, at: datetime) -> Values:
    """F-10: why help ended, on which ground of the law, and who approved it."""
    leaving, place = Leaving.objects.get(stay=stay), stay.division_code
    ground, kind = leaving.ground, "leaving.ground"
    return of_person(stay.person, stay.entered_at) | {
        "entered_at": moment(stay.entered_at),
        "termination_cause": stored(
            lambda: dict(door.grounds(place, leaving.left_at, kind)).get(ground, "")
        ),
        "facts": leaving.facts,
        "legal_basis": _as_printed(door.ground_source(place, leaving.left_at, ground, kind)),
        "remedy": remedy(place, leaving.left_at),
        "approver": leaving.approved_by,
    }


def pickup(actor: Actor, stay: Stay, at: datetime) -> Values:
    """Who fetched a resident, and how that was proved."""
    leaving = Leaving.objects.get(stay=stay)
    proof = leaving.checks.filter(code="collector").values_list("note", flat=True).first()
    return of_person(stay.person, stay.entered_at) | {
        "collector_name": leaving.collector,
        "relation": leaving.collector_relation,
        "collector_id_number": _opened(leaving.collector_number),
        "collector_phone": _opened(leaving.collector_phone),
        "kinship_proof": proof or "",
        "picked_at": moment(leaving.left_at),
        "days": str((leaving.left_at - stay.entered_at).days),
        "cared": _cared(stay),
    }


def _cared(stay: Stay) -> str:
    """When he was last washed and last got clean clothes; nothing where nobody put it down."""
    given = CareEntry.objects.filter(stay=stay, outcome=CareEntry.Outcome.GIVEN)
    said = []
    for kind in (CareEntry.Kind.WASH, CareEntry.Kind.CLOTHING):
        last = given.filter(kind=kind).order_by("-happened_at").first()
        said += [f"{stored(kind.label)} {moment(last.happened_at)}"] if last else []
    return "；".join(said)


def _opened(sealed: Any) -> str:
    return erasure.opened(sealed) if sealed else ""


def _taken_over(stay: Stay, to_org: str) -> Values:
    """Who accepted him, and what they were told when he was offered."""
    row = Handover.objects.filter(
        case_id=stay.case_id,
        to_org=to_org,
        state=Handover.State.ACCEPTED,
        answered_at__gte=stay.entered_at,
    ).order_by("-answered_at", "-pk")
    found = row.first()
    return {"receiver_name": found.answered_by, "health": found.note} if found else {}


def on_the_way(stay: Stay) -> Values:
    """What another place is handed with a person: things that were not given back, papers."""
    things = list(stay.reception.belongings.order_by("pk")) if stay.reception else []
    papers = [thing.item for thing in things if thing.kind == Belonging.Kind.PAPER]
    medicines = [thing.item for thing in things if thing.kind == Belonging.Kind.MEDICINE]
    return of_person(stay.person, stay.entered_at) | {
        "documents": "、".join(papers),
        "medicines": "、".join(medicines),
        "belongings": [_handed(thing) for thing in things],
    }


def _handed(thing: Belonging) -> Row:
    """A thing as the receiver counts it: money by its amount."""
    row = _thing(thing)
    return row | {"item": f"{thing.item} {yuan(Fen(thing.cash_fen))}"} if thing.cash_fen else row


def transfer(actor: Actor, stay: Stay, at: datetime) -> Values:
    """A resident handed to another station."""
    leaving = Leaving.objects.get(stay=stay)
    known = on_the_way(stay) | _taken_over(stay, leaving.to_org)
    return known | {
        "entered_at": moment(stay.entered_at),
        "receiver_unit": door.giver_name(leaving.to_org),
        "handed_over_at": moment(leaving.left_at),
    }


def foster(actor: Actor, stay: Stay, at: datetime) -> Values:
    """A resident handed to a foster institution, or a minor to a foster family."""
    leaving = Leaving.objects.get(stay=stay)
    is_family = leaving.way == FOSTER_FAMILY
    code = "fostering" if is_family else "placement"
    rests_on = leaving.checks.filter(code=code).values_list("note", flat=True).first()
    taken = {"receiver_name": leaving.collector} if is_family else _taken_over(stay, leaving.to_org)
    return (
        on_the_way(stay)
        | taken
        | {
            "entered_at": moment(stay.entered_at),
            "identified": "yes" if is_identified(stay.person) else "no",
            "decided_on": rests_on or "",
            "care_level": stored(stay.get_care_level_display),
            "diet": stored(stay.get_diet_display),
            "receiver_unit": "家庭寄养" if is_family else door.giver_name(leaving.to_org),
            "receiver_phone": _opened(leaving.collector_phone),
            "handed_over_at": moment(leaving.left_at),
        }
    )
