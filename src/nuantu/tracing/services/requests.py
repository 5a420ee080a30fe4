"""Requests to police, other stations and other bodies: sent as a paper, reminded, answered, also late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.letters.models import Letter, LetterLine
from nuantu.letters.selectors.organisations import organisation_here
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper
from nuantu.planbook import calendars
from nuantu.stays import services as stays
from nuantu.stays.models import Stay
from nuantu.stays.rules.clocks import DNA, ends_at
from nuantu.stays.services.clocks import owed
from nuantu.tracing.models import (
    ANSWERS,
    AskedOf,
    IdentityRequest,
    IdentitySearch,
    LineKind,
    RequestKind,
    RequestLine,
    Way,
)
from nuantu.tracing.selectors.requests import PAPER, values_of
from nuantu.tracing.services import by_letter
from nuantu.tracing.services.search_lines import REQUEST, note
from nuantu.tracing.services.searching import SearchRefused, meet_police, plain

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

AWAIT, REPLY, REMIND, LATE = (
    "tracing.request",
    "tracing.reply",
    "tracing.remind",
    "tracing.late",
)
SCAN: Final = "tracing.scan"
TITLES: Final = {
    AWAIT: ("催问并登记协查答复", "Await the answer of a request and put it down"),
    REPLY: ("协查对方反问：回复", "A request was asked back: reply"),
    REMIND: ("协查答复超时：催问对方", "The answer of a request is late: remind them"),
    LATE: ("离开后查到线索：告诉现在的单位", "Found after he left: tell who has him now"),
}
BY_POLICE: Final = (RequestKind.IDENTITY, RequestKind.PORTRAIT, RequestKind.FINGERPRINT)


@dataclass(frozen=True, slots=True)
class Asked:
    """What another body is asked, and how the request goes to it: `to` is the code of an organisation of this
    installation, which gets it as a letter."""

    kind: str
    body: str
    asked_of: str
    words: str
    way: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What came back, or went out again: how, when, in which words."""

    kind: str
    way: str
    words: str
    happened_date: date


def send_request(
    *, actor: Actor, at: datetime, search: IdentitySearch, asked: Asked
) -> IdentityRequest:
    """Ask another body: a numbered paper, a line, a clock for the answer. Police asked keep the step of the
    police, a DNA request the clock of the stay. Raises SearchRefused with the field to mend."""
    words, body = plain(asked.words, "words", 500), _called(actor, asked)
    if asked.kind not in RequestKind.values or asked.body not in AskedOf.values:
        raise SearchRefused(_("请选问什么、问哪类单位。"), field="kind")
    if not body:
        raise SearchRefused(_("请写明问哪个单位。"), field="asked_of")
    if not search.is_open:
        raise SearchRefused(_("查询已经结束，不再发协查。"))
    try:
        with together():
            row = IdentityRequest.objects.create(
                division_code=search.division_code,
                owner_org=search.owner_org,
                case_id=search.case_id,
                recorded_at=at,
                search=search,
                kind=asked.kind,
                body=asked.body,
                asked_of=body[:80],
                words=words,
                asked_at=at,
                asked_by=actor.name,
            )
            way = _send(actor, at, row, asked)
            row.save()
            told = Told(LineKind.SENT, way, words, clock.local(at).date())
            _put_line(actor, at, row, told)
            _say(
                actor, at, row, "send", f"发出协查函：{stored(RequestKind(row.kind).label)}", words
            )
            _meet(actor, at, row)
    except IntegrityError as error:
        raise SearchRefused(
            _("同一件事已经问过这个单位，正在等答复。"), field="asked_of"
        ) from error
    return row


def _called(actor: Actor, asked: Asked) -> str:
    if not asked.to:
        return " ".join(asked.asked_of.split())
    found = organisation_here(asked.to, actor.org_code)
    if found is None:
        raise SearchRefused(_("请选发给哪个单位。"), field="to")
    return str(found.name)


def _send(actor: Actor, at: datetime, row: IdentityRequest, asked: Asked) -> str:
    """As a letter to an organisation of here, whose clocks are the letter's; else as a paper. Returns the way."""
    if not asked.to:
        _number(actor, at, row)
        row.duty_id = _owe_answer(actor, at, row).public_id
        return asked.way
    values = values_of(actor, row, at)
    letter = by_letter.send(actor=actor, at=at, row=row, org_code=asked.to, values=values)
    row.number, row.paper_id = letter.number, letter.paper_id
    return Way.MESSAGE


def hear(actor: Actor, at: datetime, letter: Letter, line: LetterLine) -> None:
    """What either side says in the letter stands with the request at once; what came after somebody had put down an
    answer, or was done with the request itself, is not said twice."""
    row = IdentityRequest.objects.filter(public_id__in=[letter.subject_id]).first()
    kind, words = by_letter.told_by(letter, line)
    if row is None or not kind or row.state == IdentityRequest.State.ANSWERED:
        return
    if row.lines.filter(kind=kind, noted_at=at).exists():
        return
    told = Told(kind, Way.MESSAGE, words, clock.local(at).date())
    if kind in ANSWERS:
        put_answer(actor=actor, at=at, request=row, told=told)
        return
    held = _held(row)
    _put_line(actor, at, held, told)
    _move(actor, at, held, kind)
    held.save()


def _move(actor: Actor, at: datetime, row: IdentityRequest, kind: str) -> None:
    """Where a line other than an answer leaves the request; the caller saves it."""
    if kind == LineKind.REMINDED:
        _keep(actor, at, row, REMIND)
    elif kind == LineKind.REPLIED:
        row.state = IdentityRequest.State.WAITING
        _keep(actor, at, row, REPLY)
    elif kind == LineKind.ASKS_BACK:
        row.state = IdentityRequest.State.ASKS_BACK
    elif kind == LineKind.TOLD:
        row.state = IdentityRequest.State.TOLD
        _owe_soon(actor, at, row, AWAIT)
    else:
        row.state = IdentityRequest.State.WITHDRAWN
        for duty in _owed(row):
            cancel_duty(actor=actor, at=at, duty=duty, reason="协查已撤回")


def _number(actor: Actor, at: datetime, row: IdentityRequest) -> None:
    paper = issue_paper(
        actor=actor, at=at, kind=kinds()[PAPER], subject=row, values=values_of(actor, row, at)
    )
    row.number, row.paper_id = paper.number, paper.public_id


def _owe_answer(actor: Actor, at: datetime, row: IdentityRequest) -> Duty:
    ruling = rules_at(row.division_code, at).need("tracing.answer", key=row.kind)
    due_at = ends_at(at, ruling.number, ruling.unit, calendars.national())
    return _owe(actor, at, row, AWAIT, due_at, ruling.source)


def _owe(
    actor: Actor, at: datetime, row: IdentityRequest, kind: str, due_at: datetime, basis: str
) -> Duty:
    """A promise about a request. It is not of the case: a late answer keeps no case from closing."""
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=f"{TITLES[kind][0]}（{row.number}）",
        title_en=f"{TITLES[kind][1]} ({row.number})",
        subject=Subject(REQUEST, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=due_at,
        basis=basis[:200],
    )


def _meet(actor: Actor, at: datetime, row: IdentityRequest) -> None:
    if row.kind in BY_POLICE and row.body == AskedOf.POLICE:
        words = f"已向{row.asked_of}发协查函 {row.number}，答复见协查"
        meet_police(actor=actor, at=at, search=row.search, by=actor.name, words=words)
    stay = Stay.objects.filter(case_id=row.case_id, left_at=None).select_related("person").first()
    if row.kind == RequestKind.DNA and stay is not None and owed(stay, DNA):
        words = f"已向{row.asked_of}发协查函 {row.number}"
        stays.keep_clock(actor=actor, at=at, stay=stay, kind=DNA, note_text=words)


def put_answer(
    *,
    actor: Actor,
    at: datetime,
    request: IdentityRequest,
    told: Told,
    scan: "UploadedFile[bytes] | None" = None,
) -> IdentityRequest:
    """Put down what they answered, or what they ask back. After he left, what was found is owed a word to
    whoever has him now. Raises SearchRefused with the field to mend."""
    if told.kind not in (*ANSWERS, LineKind.ASKS_BACK):
        raise SearchRefused(_("请选对方怎么答复。"), field="kind")
    if told.kind != LineKind.NOTHING:
        plain(told.words, "words", 500)
    _check_day(told, request, at)
    with together():
        row = _held(request)
        if row.state == IdentityRequest.State.ANSWERED:
            raise SearchRefused(_("答复已经登记。"))
        _put_line(actor, at, row, told, scan)
        if told.kind == LineKind.ASKS_BACK:
            row.state = IdentityRequest.State.ASKS_BACK
            _owe_soon(actor, at, row, REPLY)
        else:
            row.state, row.answer, row.answered_at = IdentityRequest.State.ANSWERED, told.kind, at
            _keep(actor, at, row, AWAIT, REPLY, REMIND)
        row.save()
        _say(actor, at, row, "answer", f"协查答复：{stored(LineKind(told.kind).label)}", told.words)
        if told.kind == LineKind.FOUND and not row.search.is_open:
            _owe_soon(actor, at, row, LATE)
    return row


def go_on(*, actor: Actor, at: datetime, request: IdentityRequest, told: Told) -> IdentityRequest:
    """Remind them, reply to what they asked back, or take the request back. Raises SearchRefused."""
    wanted = (LineKind.REMINDED, LineKind.REPLIED, LineKind.WITHDRAWN)
    if told.kind not in wanted:
        raise SearchRefused(_("请选办什么。"), field="kind")
    plain(told.words, "words", 500)
    _check_day(told, request, at)
    with together():
        row = _held(request)
        if not row.is_open:
            raise SearchRefused(
                _("这份协查已经了结（%(state)s）。") % {"state": row.get_state_display()}
            )
        if told.kind == LineKind.REPLIED and row.state != IdentityRequest.State.ASKS_BACK:
            raise SearchRefused(_("对方没有反问。"), field="kind")
        if row.state == IdentityRequest.State.TOLD and told.kind != LineKind.WITHDRAWN:
            raise SearchRefused(_("对方已经答复，请登记结果：查到、没有查到还是没法查。"))
        _put_line(actor, at, row, told)
        _move(actor, at, row, told.kind)
        row.save()
        by_letter.go_on_with(actor=actor, at=at, row=row, kind=told.kind, words=told.words)
        _say(actor, at, row, "go_on", f"协查：{stored(LineKind(told.kind).label)}", told.words)
    return row


def owe_reminders(*, at: datetime) -> int:
    """Once an hour: who let the answer become late is reminded, every `tracing.remind` days anew.

    Call it under the system scope. How many reminders are owed now.
    """
    late = Duty.objects.filter(kind=AWAIT, state=Duty.State.OPEN, due_at__lt=at)
    rows = IdentityRequest.objects.filter(public_id__in=late.values("subject_id"))
    begun = 0
    for row in rows.filter(state=IdentityRequest.State.WAITING).order_by("pk"):
        ruling = rules_at(row.division_code, at).need("tracing.remind")
        since = at - timedelta(days=int(ruling.number))
        last = row.lines.filter(kind=LineKind.REMINDED, noted_at__gt=since)
        if last.exists() or _owed(row, REMIND):
            continue
        due_at = ends_at(at, 1, "working_day", calendars.national())
        _owe(SYSTEM, at, row, REMIND, due_at, ruling.source)
        begun += 1
    return begun


def _check_day(told: Told, request: IdentityRequest, at: datetime) -> None:
    if told.way not in Way.values:
        raise SearchRefused(_("请选用什么方式。"), field="way")
    if told.happened_date > clock.local(at).date():
        raise SearchRefused(_("不能是以后的日期。"), field="happened_date")
    if told.happened_date < clock.local(request.asked_at).date():
        raise SearchRefused(_("日期在发出协查之前。"), field="happened_date")


def _held(request: IdentityRequest) -> IdentityRequest:
    rows = IdentityRequest.objects.select_for_update(of=("self",)).select_related("search__person")
    return rows.get(pk=request.pk)


def _put_line(
    actor: Actor,
    at: datetime,
    row: IdentityRequest,
    told: Told,
    scan: "UploadedFile[bytes] | None" = None,
) -> None:
    kept = None
    if scan is not None:
        kept = files.store(
            upload=scan,
            division_code=row.division_code,
            owner_org=row.owner_org,
            case_id=row.case_id,
            purpose=SCAN,
            actor=actor,
            at=at,
        )
    RequestLine.objects.create(
        request=row,
        kind=told.kind,
        way=told.way,
        words=" ".join(told.words.split()),
        scan=kept,
        happened_date=told.happened_date,
        noted_at=at,
        noted_by=actor.name,
    )


def _owe_soon(actor: Actor, at: datetime, row: IdentityRequest, kind: str) -> None:
    if not _owed(row, kind):
        ruling = rules_at(row.division_code, at).need("vague.clock", key="paper")
        _owe(actor, at, row, kind, at + timedelta(minutes=ruling.number), ruling.source)


def _owed(row: IdentityRequest, *wanted: str) -> list[Duty]:
    found = Duty.objects.filter(
        subject_kind=REQUEST, subject_id=row.public_id, state=Duty.State.OPEN
    )
    return list(found.filter(kind__in=wanted) if wanted else found)


def _keep(actor: Actor, at: datetime, row: IdentityRequest, *wanted: str) -> None:
    for duty in _owed(row, *wanted):
        complete_duty(actor=actor, at=at, duty=duty, evidence=row.public_id)


def _say(
    actor: Actor, at: datetime, row: IdentityRequest, deed: str, summary: str, words: str
) -> None:
    note(
        verb=f"tracing.request.{deed}",
        actor=actor,
        at=at,
        row=row,
        kind=REQUEST,
        person=row.search.person,
        summary=summary,
        changes={"number": row.number},
        sealed={"value": words} if words else None,
    )
