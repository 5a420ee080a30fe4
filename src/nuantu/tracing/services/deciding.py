"""A suspected match is checked, confirmed by two people or ruled out, and a confirmation is taken back."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.tracing.models import (
    CheckKind,
    CheckResult,
    FoundBy,
    Match,
    MatchCheck,
    MatchState,
    MissingReport,
)
from nuantu.tracing.rules.verifying import OF_FAMILY
from nuantu.tracing.selectors.checks import missing_checks
from nuantu.tracing.selectors.earlier import earlier_stay
from nuantu.tracing.selectors.match_pages import may_contact
from nuantu.tracing.selectors.obstacles import MISSING, OWN, OWN_PERHAPS
from nuantu.tracing.services.consent import ReportRefused
from nuantu.tracing.services.joining import join, part
from nuantu.tracing.services.lines import note_match
from nuantu.tracing.services.waking import wake


class MatchRefused(ReportRefused):
    """The suspected match cannot be checked or decided like this."""


def check_match(
    *,
    actor: Actor,
    at: datetime,
    match: Match,
    kind: str,
    question: str,
    result: str,
    person_said: str = "",
    family_said: str = "",
    note: str = "",
    is_warned: bool = False,
) -> MatchCheck:
    """Put down what was asked or shown and how it came out. Raises MatchRefused with the field to mend.

    The searcher is asked only where he agreed to be, and after the warning where danger is marked.
    """
    if kind not in CheckKind.values or result not in CheckResult.values:
        raise MatchRefused(_("请选核对了什么、结果怎样。"), field="kind")
    words = question.strip() or stored(CheckKind(kind).label)
    if result in (CheckResult.CONTRADICTS, CheckResult.NOT_DONE) and not note.strip():
        raise MatchRefused(_("对不上或做不了的，请写明情况。"), field="note")
    with together():
        held = _held(match, MatchState.OPEN, MatchState.PROPOSED)
        _may_ask(held, kind, result, person_said, family_said, is_warned=is_warned)
        row = MatchCheck.objects.create(
            match=held,
            kind=kind,
            question=words[:200],
            person_said=person_said.strip()[:400],
            family_said=family_said.strip()[:400],
            result=result,
            note=note.strip()[:300],
            checked_by=actor.name,
            checked_at=at,
        )
        note_match(
            held,
            "check",
            actor=actor,
            at=at,
            summary=f"核对：{stored(row.get_kind_display)}，{stored(row.get_result_display)}",
            changes={"kind": kind, "result": result},
            sealed={"question": words, "note": note.strip()},
        )
    return row


def _may_ask(
    match: Match, kind: str, result: str, person_said: str, family_said: str, *, is_warned: bool
) -> None:
    report = MissingReport.objects.filter(pk=match.report_id).first()
    if kind not in OF_FAMILY or result == CheckResult.NOT_DONE:
        return
    if report is not None and not may_contact(report):
        raise MatchRefused(_("寻亲人没有同意联系。先登记他的同意，再核对。"), field="kind")
    if report is not None and report.dangers and not is_warned:
        raise MatchRefused(_("请先看危险提示，再勾选。"), field="is_warned")
    if kind == CheckKind.QUESTION and not (family_said.strip() and person_said.strip()):
        empty = "family_said" if person_said.strip() else "person_said"
        raise MatchRefused(_("请写两边各怎么回答的。"), field=empty)


def propose_match(
    *, actor: Actor, at: datetime, match: Match, reason: str, is_warned: bool = False
) -> Match:
    """The first of two says that it is he. Raises MatchRefused while a check is missing, and where the report is of
    his own earlier stay."""
    words = _reason(reason)
    with together():
        held = _held(match, MatchState.OPEN)
        _need_another(held, at)
        _need_checks(held, at)
        _need_warning(held, is_warned=is_warned)
        held.state, held.proposed_at, held.proposed_reason = MatchState.PROPOSED, at, words
        held.proposed_by, held.proposed_by_id = actor.name, UUID(actor.public_id)
        held.save()
        note_match(
            held, "propose", actor=actor, at=at, summary="提出：就是同一人，待第二人确认",
            sealed={"reason": words},
        )  # fmt: skip
    return held


def confirm_match(
    *, actor: Actor, at: datetime, match: Match, found_by: str, is_warned: bool = False
) -> Match:
    """The second says so too: the report joins the case, the stay is told. Raises MatchRefused.

    The database refuses one account for both, a second report for one case, and a second case for one report.
    """
    if found_by not in FoundBy.values:
        raise MatchRefused(_("请选靠什么找到的。"), field="found_by")
    try:
        with together():
            held = _held(match, MatchState.PROPOSED)
            if held.proposed_by_id == UUID(actor.public_id):
                raise MatchRefused(_("提出的人不能自己确认，请另一位同事确认。"))
            _need_another(held, at)
            _need_checks(held, at)
            _need_warning(held, is_warned=is_warned)
            held.state, held.confirmed_at, held.found_by = MatchState.CONFIRMED, at, found_by
            held.confirmed_by, held.confirmed_by_id = actor.name, UUID(actor.public_id)
            held.save()
            join(actor=actor, at=at, match=held)
            note_match(
                held, "confirm", actor=actor, at=at, summary=f"确认是同一人：{stored(held.get_found_by_display)}",
                changes={"found_by": found_by, "first": held.proposed_by},
            )  # fmt: skip
            wake()
    except IntegrityError as error:
        raise MatchRefused(_("这个人或这条登记已经和另一边确认过了，请先撤销那一条。")) from error
    return held


def reject_match(*, actor: Actor, at: datetime, match: Match, reason: str) -> Match:
    """It is not he; remembered, and shown again only when much more is known. Raises MatchRefused."""
    words = _reason(reason)
    with together():
        held = _held(match, MatchState.OPEN, MatchState.PROPOSED)
        held.state, held.rejected_at, held.rejected_reason = MatchState.REJECTED, at, words
        held.rejected_by, held.rejected_score, held.is_again = actor.name, held.score, False
        held.save()
        note_match(
            held, "reject", actor=actor, at=at, summary="排除：不是同一人", sealed={"reason": words}
        )
    return held


def undo_match(*, actor: Actor, at: datetime, match: Match, reason: str) -> Match:
    """A confirmation was wrong, or the name turned out false: report and case part, both are searched for again; or a
    proposal is taken back.

    Raises MatchRefused without a reason or where nothing is confirmed.
    """
    words = _reason(reason)
    with together():
        held = _held(match, MatchState.CONFIRMED, MatchState.PROPOSED)
        was_confirmed = held.state == MatchState.CONFIRMED
        held.state, held.undone_at, held.undone_reason = MatchState.OPEN, at, words
        held.undone_by, held.shown_at = actor.name, held.shown_at or at
        held.proposed_by, held.proposed_by_id, held.proposed_at = "", None, None
        held.confirmed_by, held.confirmed_by_id, held.confirmed_at = "", None, None
        held.proposed_reason, held.found_by = "", ""
        if was_confirmed:
            part(actor=actor, at=at, match=held, reason=words)
        held.fact = None
        held.save()
        note_match(
            held, "undo", actor=actor, at=at,
            summary="撤销确认，重新查找" if was_confirmed else "撤回提出，回到待核对", sealed={"reason": words},
        )  # fmt: skip
        wake()
    return held


def _held(match: Match, *states: str) -> Match:
    """The row, locked, where it stands in one of the states. Raises MatchRefused for whoever comes second."""
    held = Match.objects.select_for_update().get(pk=match.pk)
    if held.state not in states:
        raise MatchRefused(
            _("这条疑似匹配现在是“%(state)s”，不能这样办。") % {"state": held.get_state_display()}
        )
    return held


def _reason(words: str) -> str:
    said = " ".join(words.split())[:300]
    if not said:
        raise MatchRefused(_("请写明原因。"), field="reason")
    return said


def _need_another(match: Match, at: datetime) -> None:
    earlier = earlier_stay(match, at)
    if earlier is not None:
        raise MatchRefused(OWN if earlier.is_linked else OWN_PERHAPS)


def _need_checks(match: Match, at: datetime) -> None:
    missing = missing_checks(match, clock.local(at).date())
    if missing:
        said = _("；").join(str(MISSING[code]) for code in missing)
        raise MatchRefused(_("还不能确认，还缺：%(what)s。") % {"what": said})


def _need_warning(match: Match, *, is_warned: bool) -> None:
    dangers = MissingReport.objects.filter(pk=match.report_id).values_list("dangers", flat=True)
    if any(dangers) and not is_warned:
        raise MatchRefused(_("请先看危险提示，再勾选。"), field="is_warned")
