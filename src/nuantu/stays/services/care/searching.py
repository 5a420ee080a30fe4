"""Looking for a resident who must not be alone outside: alarm, steps, end."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import late
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import Absence, Search, SearchStep, Stay
from nuantu.stays.selectors.care.searches import steps_of
from nuantu.stays.services.lines import note
from nuantu.stays.services.staying import RETURN, come_back, owe_return

ACT, FOLLOW = "stay.missing", "stay.missing_follow"


class SearchRefused(Refusal):
    """This cannot be done with the search as it stands."""


def raise_search(*, actor: Actor, at: datetime, stay: Stay) -> Search:
    """Raise the alarm: a duty that is due within the minutes of `missing.act`, the bed is kept.

    Raises SearchRefused when he has left the station or is looked for already.
    """
    if not stay.is_here:
        raise SearchRefused(_("这个人已经离站。"))
    try:
        with transaction.atomic():
            search = Search.objects.create(
                division_code=stay.division_code,
                owner_org=stay.owner_org,
                case_id=stay.case_id,
                recorded_at=late.recorded_at(at),
                stay=stay,
                raised_at=at,
                raised_by=actor.name,
            )
            duty = _owe(actor, at, search, ACT)
            _note_absence(actor, at, stay, duty)
            note(
                verb="stays.search.raise",
                actor=actor,
                at=at,
                row=stay,
                person=stay.person,
                summary="失踪报警：马上寻找",
            )
    except IntegrityError as error:
        raise SearchRefused(_("已经在寻找这个人。")) from error
    return search


def _note_absence(actor: Actor, at: datetime, stay: Stay, duty: Duty) -> None:
    """The board shows him as out and late from now on."""
    Absence.objects.get_or_create(
        stay=stay,
        back_at=None,
        defaults={
            "reason": Absence.Reason.GONE,
            "left_at": at,
            "due_at": at + timedelta(minutes=1),
            "duty_id": duty.public_id,
            "noted_by": actor.name,
        },
    )


def _owe(actor: Actor, at: datetime, search: Search, kind: str) -> Duty:
    what = "missing.act" if kind == ACT else "missing.follow"
    ruling = rules_at(search.division_code, at).need(what)
    titles = {
        ACT: (
            "失踪：站内查找、报警、通知监护人、报告",
            "Missing: search, police, guardian, report",
        ),
        FOLLOW: ("失踪人员：继续寻找，每天过问", "Missing: go on searching, ask every day"),
    }
    length = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}[ruling.unit]
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=titles[kind][0],
        title_en=titles[kind][1],
        subject=Subject("search", search.public_id),
        owner_org=search.owner_org,
        division_code=search.division_code,
        case_id=search.case_id,
        due_at=at + ruling.number * length,
        basis=ruling.source[:200],
        basis_rule="P9-27",
    )


def take_step(*, actor: Actor, at: datetime, search: Search, step: str, note_text: str) -> None:
    """One step was taken: say where, whom, which number. The last one keeps the duty, and the
    search is asked about again after the hours of `missing.follow`. Raises SearchRefused."""
    if search.end:
        raise SearchRefused(_("寻找已经结束。"))
    if step not in {one.key for one in steps_of(search, at)}:
        raise SearchRefused(_("没有这一步。"))
    if not note_text.strip():
        raise SearchRefused(_("请写明找了哪里、告诉了谁、报警编号。"), field="note_text")
    try:
        with transaction.atomic():
            SearchStep.objects.create(
                search=search, step=step, done_at=at, note=note_text.strip(), done_by=actor.name
            )
            _say(actor, at, search, "stays.search.step", "寻找：走完一步", note_text)
            if all(one.taken for one in steps_of(search, at)):
                _keep(actor, at, search)
                _owe(actor, at, search, FOLLOW)
    except IntegrityError as error:
        raise SearchRefused(_("这一步已经登记。")) from error


def end_search(*, actor: Actor, at: datetime, search: Search, end: str, note_text: str) -> Search:
    """He was found, is safe elsewhere, or it was a mistake; who was found is back in the house.

    Raises SearchRefused without words, or when it has ended already.
    """
    if not note_text.strip():
        raise SearchRefused(_("请写明在哪里找到、现在怎样。"), field="note_text")
    if end not in Search.End.values or not end:
        raise SearchRefused(_("请选怎么结束。"), field="end")
    with transaction.atomic():
        changed = Search.objects.filter(pk=search.pk, end="").update(
            end=end, ended_at=at, ended_by=actor.name, end_note=note_text.strip()
        )
        if not changed:
            raise SearchRefused(_("寻找已经结束。"))
        _keep(actor, at, search)
        _say(actor, at, search, "stays.search.end", "寻找结束", note_text)
        if search.stay.absences.filter(back_at=None).exists():
            _settle_absence(actor, at, search, end)
    search.refresh_from_db()
    return search


def _settle_absence(actor: Actor, at: datetime, search: Search, end: str) -> None:
    """Who is safe elsewhere is out of the house still: that he comes back or is seen out is owed."""
    if end != Search.End.ELSEWHERE:
        come_back(actor=actor, at=at, stay=search.stay)
        return
    stay = search.stay
    owed = Duty.objects.filter(kind=RETURN, subject_id=stay.public_id, state=Duty.State.OPEN)
    if stay.is_here and not owed.exists():
        hours = rules_at(stay.division_code, at).need("missing.follow").number
        owe_return(actor=actor, at=at, stay=stay, due_at=at + timedelta(hours=hours))


def _keep(actor: Actor, at: datetime, search: Search) -> None:
    for duty in Duty.objects.filter(
        subject_kind="search", subject_id=search.public_id, state=Duty.State.OPEN
    ):
        complete_duty(actor=actor, at=at, duty=duty)


def _say(actor: Actor, at: datetime, search: Search, verb: str, summary: str, words: str) -> None:
    note(
        verb=verb,
        actor=actor,
        at=at,
        row=search.stay,
        person=search.stay.person,
        summary=summary,
        changes={"note": words.strip()},
    )
