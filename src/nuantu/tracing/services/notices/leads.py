"""Leads from the public: entered by staff, judged by a human, of use only inside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.persons.models import Certainty
from nuantu.tracing.models import Fragment, SaidBy, TracingLead, TracingNotice
from nuantu.tracing.services.fragments import Heard, add_fragment
from nuantu.tracing.services.notices.holding import NoticeRefused
from nuantu.tracing.services.notices.lines import LEAD, put_line

JUDGE: Final = "tracing.lead"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody from the public said, and as far as he gave it who he is."""

    came_by: str
    came_at: datetime
    words: str
    source_name: str = ""
    source_phone: str = ""
    is_for_reward: bool = False
    is_threat: bool = False


def take_lead(*, actor: Actor, at: datetime, notice: TracingNotice, told: Told) -> TracingLead:
    """Enter a lead; somebody judges it within `tracing.lead`. Raises NoticeRefused."""
    words = " ".join(told.words.split())
    if not words:
        raise NoticeRefused(_("请写对方说了什么。"), field="words")
    if told.came_at > at:
        raise NoticeRefused(_("收到的时间不能晚于现在。"), field="came_at")
    with together():
        row = TracingLead.objects.create(
            division_code=notice.division_code,
            owner_org=notice.owner_org,
            case_id=notice.case_id,
            recorded_at=at,
            notice=notice,
            came_by=told.came_by,
            came_at=told.came_at,
            words=words[:600],
            source_name=told.source_name.strip()[:80],
            source_phone=told.source_phone.strip()[:40],
            is_for_reward=told.is_for_reward,
            is_threat=told.is_threat,
            taken_by=actor.name,
        )
        said = stored(row.get_came_by_display)
        also = (Subject(LEAD, row.public_id),)
        put_line(
            notice, "lead.take", actor=actor, at=at, summary=f"收到寻亲线索：{said}", also=also
        )
        _owe(row, actor, at)
    return row


@dataclass(frozen=True, slots=True)
class Clue:
    """What of a lead is put down as a fragment: its kind and its words."""

    kind: str
    words: str


def judge_lead(
    *,
    actor: Actor,
    at: datetime,
    lead: TracingLead,
    state: str,
    words: str,
    clue: Clue | None = None,
) -> TracingLead:
    """Say what a lead is worth and why; what was judged may be judged anew. A `clue` in one that is of use
    becomes a fragment, once. Raises NoticeRefused, and what putting down a fragment raises."""
    said = " ".join(words.split())[:300]
    if state not in TracingLead.State.values or state == TracingLead.State.NEW:
        raise NoticeRefused(_("请选这条线索有没有用。"), field="state")
    if not said:
        raise NoticeRefused(_("请写明怎么判断的，下一步做什么。"), field="words")
    with together():
        row = (
            TracingLead.objects.select_for_update(of=("self",))
            .select_related("notice__of_case__person")
            .get(pk=lead.pk)
        )
        row.state, row.judged_at, row.judged_by, row.judged_words = state, at, actor.name, said
        if clue is not None:
            row.fragment = _put_down(actor, at, row, clue)
        row.save()
        label = stored(row.get_state_display)
        about = Duty.objects.filter(subject_kind=LEAD, subject_id=row.public_id, kind=JUDGE)
        for duty in about.filter(state=Duty.State.OPEN):
            complete_duty(actor=actor, at=at, duty=duty, evidence=row.public_id)
        changes, also = {"state": state, "note": said}, (Subject(LEAD, row.public_id),)
        summary = f"寻亲线索：{label}"
        put_line(
            lead.notice,
            "lead.judge",
            actor=actor,
            at=at,
            summary=summary,
            changes=changes,
            also=also,
        )
    return row


def _put_down(actor: Actor, at: datetime, row: TracingLead, clue: Clue) -> Fragment:
    if row.state != TracingLead.State.USEFUL:
        raise NoticeRefused(_("只有判断为有用的线索才记成片段。"), field="fragment_kind")
    if row.fragment_id is not None:
        raise NoticeRefused(_("这条线索已经记成片段。"), field="fragment_kind")
    heard = Heard(
        kind=clue.kind,
        words=clue.words,
        said_by=SaidBy.OUTSIDER,
        certainty=Certainty.CLAIMED,
        heard_at=row.came_at,
        heard_by=row.taken_by,
    )
    return add_fragment(actor=actor, at=at, case=row.notice.of_case, heard=heard)


def note_source(*, actor: Actor, at: datetime, lead: TracingLead, purpose: str) -> None:
    """Open who told a lead to the actor for ten minutes. Raises NoticeRefused without a purpose."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise NoticeRefused(_("请写明查看目的，例如“回电核实”。"), field="purpose")
    changes, also = {"purpose": words}, (Subject(LEAD, lead.public_id),)
    summary = "查看寻亲线索来源"
    put_line(
        lead.notice, "lead.reveal", actor=actor, at=at, summary=summary, changes=changes, also=also
    )


def _owe(row: TracingLead, actor: Actor, at: datetime) -> None:
    ruling = rules_at(row.division_code, at).need(JUDGE)
    open_duty(
        actor=actor,
        at=at,
        kind=JUDGE,
        title="判断寻亲线索",
        title_en="Judge a lead",
        subject=Subject(LEAD, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
    )
