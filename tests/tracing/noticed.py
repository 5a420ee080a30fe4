"""A resident nobody knows, and a tracing notice about him; everybody is invented."""

from datetime import timedelta
from typing import Any

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.stays.models import Stay
from nuantu.stays.services.clocks import start_clocks
from nuantu.tracing.models import NoticeVersion, Posting, TracingLead, TracingNotice
from nuantu.tracing.services import notices
from tests.cast import STATION, Cast
from tests.stays import house

LINE = "0855-0000110"
LINK = "https://xunqin.example/n/1"


def ground() -> None:
    """The station has a desk line, as an administrator enters it."""
    with scope.system("a test enters a telephone"):
        Organisation.objects.filter(code=STATION).update(phone=LINE)


def a_case(cast: Cast) -> Case:
    """The case of a man of about fifty who stays at the station and cannot say who he is."""
    stay = a_stay(cast)
    with scope.system("a test looks"):
        return Case.objects.select_related("person").get(case_id=stay.case_id)


def a_stay(cast: Cast, **known: Any) -> Stay:
    """The stay of such a man, his clocks running."""
    ground()
    stay, actor = house.a_stay(cast, **known), cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        start_clocks(actor=actor, at=clock.now(), stay=stay)
    return stay


def text(**more: Any) -> notices.Text:
    """What a notice may say."""
    values: dict[str, Any] = {
        "sex": "male",
        "found_date": clock.local(clock.now()).date(),
        "found_place": "凯里火车站广场",
        "age_low": 48,
        "age_high": 55,
        "features": "左手缺小指，右腿跛",
        "clothing": "灰大衣，黄胶鞋",
    }
    return notices.Text(**values | more)


def a_draft(cast: Cast, case: Case | None = None, **more: Any) -> TracingNotice:
    """Drafted by the tracing officer."""
    about = case or a_case(cast)
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return notices.draft_notice(actor=actor, at=clock.now(), case=about, text=text(**more))


def asked(cast: Cast, notice: TracingNotice) -> NoticeVersion:
    """Sent to be approved."""
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return notices.ask_approval(actor=actor, at=clock.now(), notice=notice)


def approved(cast: Cast, notice: TracingNotice) -> NoticeVersion:
    """Approved by the head of the station."""
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        return notices.approve(actor=actor, at=clock.now(), notice=notice)


def a_standing(cast: Cast, case: Case | None = None, **more: Any) -> TracingNotice:
    """A notice that may be sent."""
    notice = a_draft(cast, case, **more)
    asked(cast, notice)
    approved(cast, notice)
    return fresh(notice)


def sent(cast: Cast, notice: TracingNotice, channel: str = "tracing_website") -> Posting:
    """Put out on a channel, with a link as proof."""
    actor, now = cast.tracing_officer.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        return notices.send(
            actor=actor,
            at=now,
            notice=notice,
            sent=notices.Sent(channel, now),
            proof=notices.Proof(link="" if channel == "public_pages" else LINK),
        )


def withdrawn(cast: Cast, case: Case, cause: str = "identified") -> list[Posting]:
    """Withdrawn by the tracing officer."""
    rows: list[Posting] = as_officer(
        cast,
        lambda actor: notices.withdraw_notices(
            actor=actor, at=clock.now(), case=case, cause=cause, reason="家属已确认"
        ),
    )
    return rows


def a_lead(cast: Cast) -> TracingLead:
    """Somebody called about a notice that stands."""
    notice, now = a_standing(cast), clock.now()
    told = notices.Told("phone", now, "像我们村的木匠", "样来电", "08550000999")
    row: TracingLead = as_officer(
        cast, lambda who: notices.take_lead(actor=who, at=now, notice=notice, told=told)
    )
    return row


def as_officer(cast: Cast, act: Any) -> Any:
    """What the tracing officer does, in his scope."""
    actor: Actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return act(actor)


def fresh(notice: TracingNotice) -> TracingNotice:
    """The row as it is now."""
    with scope.system("a test looks"):
        return TracingNotice.objects.select_related("of_case__person").get(pk=notice.pk)


def duties(kind: str) -> list[Duty]:
    """Open duties of a kind."""
    with scope.system("a test counts"):
        return list(Duty.objects.filter(kind=kind, state=Duty.State.OPEN).order_by("pk"))


def left_unowed() -> list[str]:
    """Channels where a notice may be seen that is withdrawn, and nobody owes its withdrawal."""
    with scope.system("a test looks"):
        up = Posting.objects.filter(state="up").exclude(notice__state="standing")
        owed = Duty.objects.filter(kind=notices.TAKE_DOWN, state=Duty.State.OPEN)
        names = up.exclude(public_id__in=owed.values("subject_id"))
        return list(names.values_list("channel_name", flat=True))


def later(**span: float) -> Any:
    """The clock so much later."""
    return clock.frozen(clock.now() + timedelta(**span))
