"""The search for who somebody is: begun, gone through step by step, ended, taken up again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.persons.models import Case
from nuantu.planbook import calendars
from nuantu.stays.models import Inquiry, Stay
from nuantu.stays.rules.clocks import IDENTITY, ends_at
from nuantu.stays.selectors.known import is_identified
from nuantu.stays.services import drop_identity_clocks
from nuantu.tracing.models import FoundBy, IdentitySearch, IdentityStep, StepAnswer
from nuantu.tracing.rules.biometrics import template_in
from nuantu.tracing.rules.steps import POLICE, PlannedStep
from nuantu.tracing.selectors.steps import planned_for
from nuantu.tracing.services.search_lines import SEARCH, note

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

STEP: Final = "tracing.step"
EVIDENCE: Final = "tracing.evidence"
CHECKED_BY_POLICE: Final = (
    Inquiry.Kind.IDENTITY,
    Inquiry.Kind.FINGERPRINT,
    Inquiry.Kind.PORTRAIT,
)


class SearchRefused(Refusal):
    """The search cannot be begun, gone on with or ended like this."""


def plain(words: str, field: str, most: int) -> str:
    """Words that may be kept. Raises SearchRefused for none, too many, or a template of somebody's body."""
    text = " ".join(words.split())
    if not text:
        raise SearchRefused(_("请写明内容。"), field=field)
    if len(text) > most:
        raise SearchRefused(_("内容太长，请压到%(n)s字以内。") % {"n": most}, field=field)
    if template_in(words):
        raise SearchRefused(
            _("这里像是指纹、人脸或DNA的特征数据，系统不保存。请只写问了什么、答复是什么。"),
            field=field,
        )
    return text


def begin_search(*, actor: Actor, at: datetime, case: Case) -> IdentitySearch:
    """Begin to find out who somebody is, or take it up again where it was left; every step gets its clock.

    Whoever comes second finds it begun: it is one per case. Raises SearchRefused for a closed case.
    """
    if not case.is_open:
        raise SearchRefused(_("个案已结案，不能开始查询身份。"))
    with together():
        Case.objects.select_for_update().get(pk=case.pk)
        found = IdentitySearch.objects.filter(case_id=case.case_id).first()
        if found is not None and found.is_open:
            return found
        if found is None:
            found = IdentitySearch(
                division_code=case.division_code,
                owner_org=case.owner_org,
                case_id=case.case_id,
                recorded_at=at,
                person=case.person,
                began_at=at,
                began_by=actor.name,
            )
        found.state, found.ended_at, found.ended_by = IdentitySearch.State.OPEN, None, ""
        found.found_by = found.end_words = ""
        found.save()
        for step in planned_for(case.division_code, at):
            if not step.is_of_the_stay:
                owe_step(actor=actor, at=at, search=found, step=step)
        note(
            verb="tracing.search.begin",
            actor=actor,
            at=at,
            row=found,
            person=case.person,
            summary="开始查询身份",
        )
        _meet_by_the_door(actor, at, found)
    return found


def owe_step(*, actor: Actor, at: datetime, search: IdentitySearch, step: PlannedStep) -> None:
    """Start the clock of a step; one that runs already stays as it is."""
    if search.steps.filter(code=step.code, done_at=None).exists():
        return
    due_at = ends_at(at, step.amount, step.unit, calendars.national())
    duty = open_duty(
        actor=actor,
        at=at,
        kind=STEP,
        title=f"查明身份：{step.zh}",
        title_en=f"Find out who he is: {step.en}",
        subject=Subject(SEARCH, search.public_id),
        owner_org=search.owner_org,
        division_code=search.division_code,
        case_id=search.case_id,
        due_at=max(due_at, at + timedelta(minutes=1)),
        basis=step.source[:200],
        basis_rule=step.plan[:60],
    )
    IdentityStep.objects.create(search=search, code=step.code, opened_at=at, duty_id=duty.public_id)


def take_step(
    *,
    actor: Actor,
    at: datetime,
    search: IdentitySearch,
    code: str,
    answer: str,
    words: str,
    evidence: "UploadedFile[bytes] | None" = None,
) -> IdentityStep:
    """Put down what came of a step, with a picture of what shows it where there is one.

    Keeping in touch is owed again at once. Raises SearchRefused with the field to mend.
    """
    if answer not in StepAnswer.values or not answer:
        raise SearchRefused(_("请选有没有线索。"), field="answer")
    text = plain(words, "words", 400)
    with together():
        held = _held(search)
        step = held.steps.filter(code=code, done_at=None).first()
        if step is None:
            raise SearchRefused(_("这一步已经办结，或由在站页的时限办理。"))
        step.answer, step.words, step.done_at, step.done_by = answer, text, at, actor.name
        if evidence is not None:
            step.evidence = files.store(
                upload=evidence,
                division_code=held.division_code,
                owner_org=held.owner_org,
                case_id=held.case_id,
                purpose=EVIDENCE,
                actor=actor,
                at=at,
            )
        step.save()
        _keep(actor, at, step)
        plan = next((one for one in planned_for(held.division_code, at) if one.code == code), None)
        if plan is not None and plan.comes_again:
            owe_step(actor=actor, at=at, search=held, step=plan)
        word = stored(StepAnswer(answer).label)
        note(
            verb="tracing.search.step",
            actor=actor,
            at=at,
            row=held,
            person=held.person,
            summary=f"查明身份的一步：{plan.zh if plan else code}，{word}",
            changes={"code": code, "answer": answer},
            sealed={"value": text},
        )
    return step


def meet_police(*, at: datetime, actor: Actor, search: IdentitySearch, by: str, words: str) -> None:
    """Police were asked: the step is kept, its answer stands with the inquiry or the request."""
    step = search.steps.filter(code=POLICE, done_at=None).first()
    if step is not None:
        step.answer, step.words = StepAnswer.ASKED, words
        step.done_at, step.done_by = at, by
        step.save()
        _keep(actor, at, step)


def _meet_by_the_door(actor: Actor, at: datetime, search: IdentitySearch) -> None:
    """Police whom the reception asked already are not asked twice."""
    asked = Inquiry.objects.filter(
        reception__case_id=search.case_id, kind__in=CHECKED_BY_POLICE
    ).order_by("asked_at")
    first = asked.first()
    if first is not None:
        words = f"接待时已向{first.asked_of}提出，答复见接待登记"
        meet_police(actor=actor, at=at, search=search, by=first.asked_by, words=words)


def end_search(
    *, actor: Actor, at: datetime, search: IdentitySearch, found_by: str, words: str
) -> IdentitySearch:
    """Somebody verified who he is: by what it was found. Steps and the clocks of the stay end.

    Raises SearchRefused while neither name nor ID number stands verified on his page.
    """
    if found_by not in FoundBy.values:
        raise SearchRefused(_("请选靠什么查明的。"), field="found_by")
    text = plain(words, "words", 300)
    if not is_identified(search.person):
        raise SearchRefused(
            _("姓名或身份证号还没有标为已核实。请先在人员页面记下并标“已核实”，写明依据。")
        )
    with together():
        held = _held(search)
        _end(held, actor, at, IdentitySearch.State.IDENTIFIED, text, found_by)
        _drop(actor, at, held, "身份已查明")
        stay = Stay.objects.filter(case_id=held.case_id, left_at=None).first()
        if stay is not None and _has_clocks(stay):
            drop_identity_clocks(actor=actor, at=at, stay=stay)
        note(
            verb="tracing.search.end",
            actor=actor,
            at=at,
            row=held,
            person=held.person,
            summary=f"身份已查明：{stored(FoundBy(found_by).label)}",
            changes={"found_by": found_by, "reason": text},
        )
    return held


def give_up_search(
    *, actor: Actor, at: datetime, search: IdentitySearch, words: str
) -> IdentitySearch:
    """The search was begun by mistake or makes no sense any more. Raises SearchRefused without a reason."""
    text = plain(words, "words", 300)
    with together():
        held = _held(search)
        _end(held, actor, at, IdentitySearch.State.ENDED, text)
        _drop(actor, at, held, "不再查询")
        note(
            verb="tracing.search.give_up",
            actor=actor,
            at=at,
            row=held,
            person=held.person,
            summary="已停止查询身份",
            changes={"reason": text},
        )
    return held


def leave_search(*, actor: Actor, at: datetime, search: IdentitySearch) -> None:
    """He left and nobody knows who he is: no step is owed, a late answer still finds its page."""
    with together():
        held = IdentitySearch.objects.select_for_update().get(pk=search.pk)
        if not held.is_open:
            return
        _end(held, actor, at, IdentitySearch.State.LEFT, "")
        _drop(actor, at, held, "已离站")
        note(
            verb="tracing.search.leave",
            actor=actor,
            at=at,
            row=held,
            person=held.person,
            summary="未查明身份已离站",
        )


def _held(search: IdentitySearch) -> IdentitySearch:
    rows = IdentitySearch.objects.select_for_update(of=("self",)).select_related("person")
    held = rows.get(pk=search.pk)
    if not held.is_open:
        raise SearchRefused(_("查询已经结束（%(state)s）。") % {"state": held.get_state_display()})
    return held


def _end(
    held: IdentitySearch,
    actor: Actor,
    at: datetime,
    state: str,
    words: str,
    found_by: str = "",
) -> None:
    held.state, held.ended_at, held.ended_by = state, at, actor.name
    held.end_words, held.found_by = words, found_by
    held.save()


def _drop(actor: Actor, at: datetime, held: IdentitySearch, reason: str) -> None:
    for duty in _open(one.duty_id for one in held.steps.filter(done_at=None)):
        cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
    held.steps.filter(done_at=None).delete()


def _keep(actor: Actor, at: datetime, step: IdentityStep) -> None:
    for duty in _open([step.duty_id]):
        complete_duty(actor=actor, at=at, duty=duty, evidence=step.public_id)


def _open(ids: Iterable[object]) -> list[Duty]:
    found = Duty.objects.filter(public_id__in=[one for one in ids if one], state=Duty.State.OPEN)
    return list(found)


def _has_clocks(stay: Stay) -> bool:
    running = Duty.objects.filter(
        subject_kind="stay", subject_id=stay.public_id, state=Duty.State.OPEN, kind__in=IDENTITY
    )
    return running.exists()


__all__ = [
    "STEP",
    "SearchRefused",
    "begin_search",
    "end_search",
    "give_up_search",
    "leave_search",
    "meet_police",
    "owe_step",
    "plain",
    "take_step",
]
