"""The care log: one line about one resident, or one round for many at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, late, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import CareEntry, Stay
from nuantu.stays.rules import care
from nuantu.stays.selectors.care.day import opens_later
from nuantu.stays.services.lines import HINT, note

LOOK = "stay.incident"
NOTED = (CareEntry.Kind.OBSERVATION, CareEntry.Kind.VISITOR, CareEntry.Kind.INCIDENT)


class CareRefused(Refusal):
    """This cannot be put into the care log so."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: the kind, which meal, and whether a woman did it."""

    kind: str
    slot: str = ""
    is_by_woman: bool = False

    @property
    def words(self) -> str:
        """As it is called, in Chinese, for the journal."""
        label = CareEntry.Slot(self.slot).label if self.slot else CareEntry.Kind(self.kind).label
        return stored(label)


def note_care(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    deed: Deed,
    outcome: str = "given",
    note_text: str = "",
) -> CareEntry:
    """Put one line into the care log of a resident; the same meal again corrects the line.

    Raises CareRefused with the field to mend, for a meal more than `care.meal_early` ahead too.
    """
    if deed.kind in NOTED and not note_text.strip():
        raise CareRefused(_("请写明看到了什么、谁来探视或发生了什么。"), field="note_text")
    _must_have_begun(at, stay.division_code, deed)
    _must_be_possible(at, stay, deed, outcome)
    try:
        with transaction.atomic():
            (entry,) = _write(actor, at, deed, {stay: outcome}, note_text.strip())
            note(
                verb="stays.daily.note",
                actor=actor,
                at=at,
                row=stay,
                person=stay.person,
                summary=f"照料：{deed.words}（{stored(CareEntry.Outcome(outcome).label)}）",
                changes={"note": entry.note},
            )
            if deed.kind == CareEntry.Kind.INCIDENT:
                _owe_look(actor, at, stay)
    except IntegrityError as error:
        raise CareRefused(_("同一餐刚刚由别人登记了，请刷新后再看。")) from error
    return entry


def _owe_look(actor: Actor, at: datetime, stay: Stay) -> None:
    """Somebody who decides looks at an incident; the duty says nothing of what happened."""
    ruling = rules_at(stay.division_code, at).need("care.incident")
    open_duty(
        actor=actor,
        at=at,
        kind=LOOK,
        title="在站突发情况：负责人到场处理",
        title_en="Incident in the station: whoever is in charge looks at it",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="P9-27",
    )


def log_round(
    *, actor: Actor, at: datetime, deed: Deed, outcomes: Mapping[Stay, str]
) -> list[CareEntry]:
    """One round for many: who was given, who wanted none, who was not there; one journal line.

    Raises CareRefused when nobody is named, for a meal more than `care.meal_early` ahead, or when a man
    washed a woman.
    """
    if not outcomes:
        raise CareRefused(_("还没有选人。"))
    if deed.kind in NOTED:
        raise CareRefused(_("观察、探视和突发情况请一个人一个人登记。"))
    _must_have_begun(at, actor.division_code, deed)
    for stay, outcome in outcomes.items():
        _must_be_possible(at, stay, deed, outcome)
    try:
        with transaction.atomic():
            entries = _write(actor, at, deed, outcomes, "")
            _note_round(actor, at, deed, outcomes)
    except IntegrityError as error:
        raise CareRefused(_("同一餐刚刚由别人登记了，请刷新后再看。")) from error
    return entries


def _must_have_begun(at: datetime, division_code: str, deed: Deed) -> None:
    """A meal that is not served yet was not eaten, and nobody was absent from it."""
    opens = opens_later(division_code, deed.slot, at)
    if opens:
        words = {"meal": CareEntry.Slot(deed.slot).label, "opens": opens}
        raise CareRefused(_("还没到时间：%(meal)s从 %(opens)s 起登记。") % words, field="slot")


def _must_be_possible(at: datetime, stay: Stay, deed: Deed, outcome: str) -> None:
    if not stay.is_here_at(at):
        raise CareRefused(_("这个人已经离站。"))
    if (deed.kind == "meal") != bool(deed.slot):
        raise CareRefused(_("请选是哪一餐。"), field="slot")
    is_hers = care.must_be_by_woman(deed.kind, stay.sex) and outcome == "given"
    if is_hers and not deed.is_by_woman:
        raise CareRefused(
            _("女性受助人员的洗浴、理发、起居要由女工作人员来做。"), field="is_by_woman"
        )


def _write(
    actor: Actor, at: datetime, deed: Deed, outcomes: Mapping[Stay, str], note_text: str
) -> list[CareEntry]:
    """New lines; a meal that stands already is corrected."""
    day = clock.local(at).date()
    known = _standing(outcomes, deed, at) if deed.slot else {}
    for stay, entry in known.items():
        entry.outcome, entry.noted_by = outcomes[stay], actor.name
        entry.note = note_text or entry.note
        entry.happened_at = at
        entry.save()
    fresh = CareEntry.objects.bulk_create(
        CareEntry(
            division_code=stay.division_code,
            owner_org=stay.owner_org,
            case_id=stay.case_id,
            recorded_at=late.recorded_at(at),
            stay=stay,
            kind=deed.kind,
            slot=deed.slot,
            outcome=outcome,
            on_date=day,
            happened_at=at,
            resident_sex=stay.sex,
            is_by_woman=deed.is_by_woman,
            note=note_text,
            noted_by=actor.name,
        )
        for stay, outcome in outcomes.items()
        if stay not in known
    )
    return [*known.values(), *fresh]


def _standing(stays: Iterable[Stay], deed: Deed, at: datetime) -> dict[Stay, CareEntry]:
    rows = CareEntry.objects.select_for_update(of=("self",)).filter(
        stay__in=list(stays), kind="meal", slot=deed.slot, on_date=clock.local(at).date()
    )
    by_key = {stay.pk: stay for stay in stays}
    return {by_key[row.stay_id]: row for row in rows}


def _note_round(actor: Actor, at: datetime, deed: Deed, outcomes: Mapping[Stay, str]) -> None:
    counts = Counter(outcomes.values())
    subjects = [Subject("stay", stay.public_id) for stay in outcomes]
    journal.record(
        verb="stays.daily.round",
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"照料：{deed.words}",
        basis="民发〔2014〕132号 第三章",
        changes=dict(counts),
    )
    live.hint(HINT, actor.division_code, actor.org_code)
