"""What stands in the house now of what a tablet told, for the desk that decides a card."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.subjects import Subject
from nuantu.fieldwork.rules.commands import moment_of, uuid_of
from nuantu.stays.models import Bed, CareEntry, Dose, Medication, RollMark, Search, Stay
from nuantu.stays.selectors.beds import bed_words

Stands = tuple[Subject | None, list[tuple[str, str]]]
OF_MANY: Final = ("outcomes", "found")
_WORDS: Final[Mapping[str, dict[str, Any]]] = {
    "kind": dict(CareEntry.Kind.choices),
    "what": {**dict(CareEntry.Kind.choices), **dict(CareEntry.Slot.choices)},
    "slot": dict(CareEntry.Slot.choices),
    "outcome": dict(CareEntry.Outcome.choices),
    "outcomes": dict(CareEntry.Outcome.choices),
    "found": dict(RollMark.Found.choices),
}
SHOWN: Final = 3


def care_word(name: str, value: Any) -> str:
    """A choice of the tablet in words, a moment as the house reads it; else as it came."""
    if name == "due_at" and (moment := moment_of(value)) is not None:
        return f"{clock.local(moment):%m-%d %H:%M}"
    if value is True or value == "on":
        return _("是")
    return str(_WORDS.get(name, {}).get(str(value), value))


def told_of_many(chosen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each resident by his number with what was chosen for him, without those left out."""
    ids = [key for key in map(uuid_of, chosen) if key is not None]
    numbers = dict(Stay.objects.filter(public_id__in=ids).values_list("public_id", "number"))
    words = {**_WORDS["outcomes"], **_WORDS["found"]}
    for key, value in chosen.items():
        if value:
            known = uuid_of(key)
            number = numbers.get(known) if known else None
            yield number or _("找不到"), str(words.get(str(value), value))


def stands_in_care(about: UUID) -> Stands | None:
    """What the house says of a resident, a medicine or a bed; None where it is none of them."""
    stay = Stay.objects.filter(public_id=about).first()
    if stay is not None:
        return Subject("stay", stay.public_id), list(_of_stay(stay))
    row = Medication.objects.select_related("stay").filter(public_id=about).first()
    if row is not None:
        return Subject("stay", row.stay.public_id), list(_of_medicine(row))
    bed = Bed.objects.select_related("room__zone").filter(public_id=about).first()
    if bed is not None:
        return None, [(_("床位"), bed_words(bed))]
    return None


def _of_stay(stay: Stay) -> Iterator[tuple[str, str]]:
    """Where he is, and the last lines of the care log without their words."""
    yield _("在站编号"), stay.number
    yield from moment_line(_("离站"), stay.left_at)
    if Search.objects.filter(stay=stay, end="").exists():
        yield _("状态"), _("寻找中")
    for row in CareEntry.objects.filter(stay=stay).order_by("-happened_at", "-pk")[:SHOWN]:
        what = row.get_slot_display() if row.slot else row.get_kind_display()
        at = f"{clock.local(row.happened_at):%m-%d %H:%M}"
        yield str(what), f"{row.get_outcome_display()} · {at} · {row.noted_by}"


def _of_medicine(row: Medication) -> Iterator[tuple[str, str]]:
    """The last doses, without what it is."""
    yield _("在站编号"), row.stay.number
    yield from moment_line(_("停药"), row.ended_at)
    for dose in Dose.objects.filter(medication=row, taken_back_at=None).order_by("-due_at")[:SHOWN]:
        given = f"{clock.local(dose.given_at):%m-%d %H:%M}"
        yield (
            f"{clock.local(dose.due_at):%m-%d %H:%M}",
            f"{dose.get_outcome_display()} · {given} · {dose.given_by}",
        )


def moment_line(name: str, at: datetime | None) -> list[tuple[str, str]]:
    """One line with a moment; none where there is none."""
    return [(name, f"{clock.local(at):%m-%d %H:%M}")] if at else []
