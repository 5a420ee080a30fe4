"""Warnings take effect: levels, patrols, duties, and what people say to them."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from nuantu.core.errors import Refusal
from nuantu.core.journal import timeline
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import level_of
from nuantu.operations.services import complete_duty, set_level
from nuantu.warnings import services
from nuantu.warnings.models import Coverage, FeedState, Transmission, Warning
from nuantu.warnings.rules.message import Why
from tests.cast import COUNTY, OTHER_COUNTY, OTHER_STATION, STATION, Cast
from tests.warnings.wording import CAP, NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

COLD = "黔东南州气象台发布寒潮蓝色预警信号：预计未来48小时全州最低气温下降8℃以上。"
LIFTED = "黔东南州气象台解除寒潮蓝色预警信号。"


def take(
    cast: Cast,
    text: str | bytes,
    at: datetime,
    *,
    sent: datetime | None = None,
    kind: str = "text/plain",
) -> Warning:
    """Take a message in as the feed's program would."""
    body = text.encode() if isinstance(text, str) else text
    return services.take_message(
        actor=cast.office.actor, at=at, body=body, content_type=kind, received_at=sent or at
    )


def hours(evening: datetime, number: float) -> datetime:
    return evening + timedelta(hours=number)


def levels(at: datetime) -> tuple[str, str]:
    """The levels of 凯里 and 黄平."""
    return level_of(COUNTY, at).level, level_of(OTHER_COUNTY, at).level


def open_kinds(county: str = COUNTY) -> set[str]:
    """Kinds of open duties about warnings, and patrols."""
    found = Duty.objects.filter(division_code=county, state=Duty.State.OPEN)
    return set(found.filter(subject_kind="warning").values_list("kind", flat=True))


def dated(text: str, at: datetime) -> str:
    """A CAP or 12379 sample moved to a moment."""
    local = (at + timedelta(hours=8)).strftime
    return (
        text.replace("2026-11-21T17:30:00+08:00", local("%Y-%m-%dT%H:%M:%S+08:00"))
        .replace("2026-11-21 18:00:00+08:00", local("%Y-%m-%d %H:%M:%S+08:00"))
        .replace("2026-11-21 18:02:00+08:00", local("%Y-%m-%d %H:%M:%S+08:00"))
        .replace("<expires>2026-11-23T17:30:00+08:00</expires>", "")
    )


# ── what a warning changes ───────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.rule("P9-05")
def test_after_a_cold_wave_warning_the_streets_are_patrolled_every_day(
    cast: Cast, evening: datetime
) -> None:
    """From three a week to one a day, and back when the warning is lifted."""
    patrols = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state=Duty.State.OPEN)
    assert {duty.recurrence.split(":")[2] for duty in patrols} == {"per_week"}  # type: ignore[union-attr]  # recurring
    take(cast, COLD, evening)
    assert levels(evening) == ("raised", "raised")
    assert {duty.recurrence.split(":")[2] for duty in patrols.all()} == {"per_day"}  # type: ignore[union-attr]  # recurring
    take(cast, LIFTED, hours(evening, 2))
    assert levels(hours(evening, 2)) == ("normal", "normal")
    assert {duty.recurrence.split(":")[2] for duty in patrols.all()} == {"per_week"}  # type: ignore[union-attr]  # recurring


@pytest.mark.slow
@pytest.mark.rule("P1-34", "P1-26")
def test_each_covered_county_gets_its_duties_with_deadlines(cast: Cast, evening: datetime) -> None:
    """Acknowledgement in 30 minutes; stock, staff and relief points in the plan's minutes."""
    warning = take(cast, COLD.replace("蓝色", "橙色"), evening)
    assert levels(evening) == ("extreme", "extreme")
    for county, owner in ((COUNTY, STATION), (OTHER_COUNTY, OTHER_STATION)):
        duties = {
            duty.kind: duty
            for duty in Duty.objects.filter(subject_id=warning.public_id, division_code=county)
        }
        assert set(duties) == {
            "warning.acknowledge",
            "reliefpoint.open",
            "supplies.check",
            "staff.check",
        }
        assert {duty.owner_org for duty in duties.values()} == {owner}
        assert duties["warning.acknowledge"].due_at == evening + timedelta(minutes=30)
        assert duties["reliefpoint.open"].due_at == evening + timedelta(minutes=240)
        assert "P1-34" in duties["reliefpoint.open"].basis


@pytest.mark.slow
@pytest.mark.parametrize("text", [CAP, NATIONAL])
def test_a_structured_message_acts_on_the_counties_it_names(
    cast: Cast, evening: datetime, text: str
) -> None:
    """CAP names 凯里 and 黄平, the 12379 message 凯里 and others."""
    take(cast, dated(text, evening), evening, kind="application/xml")
    assert level_of(COUNTY, evening).level in ("raised", "extreme")
    assert level_of(OTHER_COUNTY, evening).level == ("raised" if text is CAP else "normal")


@pytest.mark.slow
def test_part_of_a_county_is_covered_with_its_part(cast: Cast, evening: datetime) -> None:
    """The county acts; the page says which part."""
    take(cast, "凯里市气象台发布寒潮蓝色预警信号：预计三棵树镇降温。", evening)
    assert Coverage.objects.get().part == "三棵树镇"
    assert levels(evening) == ("raised", "normal")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("【演练】" + COLD, "not_actual"),
        (COLD + "本信息为系统测试，请忽略。", "not_actual"),
        ("贵阳市气象台发布寒潮蓝色预警信号：预计清镇市降温", "counted"),
        ("甲乙市气象台发布寒潮蓝色预警信号", "unlocated"),
    ],
)
def test_what_is_not_for_us_changes_nothing(
    cast: Cast, evening: datetime, text: str, outcome: str
) -> None:
    """Drill, test, another area: kept and visible, no level, no duty."""
    warning = take(cast, text, evening)
    assert warning.outcome == outcome
    assert levels(evening) == ("normal", "normal")
    assert not open_kinds()
    assert not open_kinds(OTHER_COUNTY)
    assert Transmission.objects.get().body


def test_another_province_is_elsewhere(cast: Cast, evening: datetime) -> None:
    """By its codes, whatever it refers to."""
    far = dated(CAP, evening).replace("522600", "430100").replace("522601", "430102")
    far = far.replace("522622", "430103").replace("黔东南", "长沙")
    warning = take(cast, far, evening, kind="application/xml")
    assert warning.outcome == Warning.Outcome.ELSEWHERE
    assert levels(evening) == ("normal", "normal")


def test_an_event_the_plan_does_not_name_is_shown_and_asks_nothing(
    cast: Cast, evening: datetime
) -> None:
    """A heat warning in the winter plan."""
    take(cast, COLD.replace("寒潮", "高温"), evening)
    assert levels(evening) == ("normal", "normal")
    assert not open_kinds()
    assert {row.level for row in Coverage.objects.all()} == {""}


# ── order, repetition, overlap ───────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_same_message_twice_changes_nothing(cast: Cast, evening: datetime) -> None:
    """By its name, and a bare text by its body."""
    first = take(cast, COLD, evening)
    again = take(cast, COLD, evening + timedelta(minutes=9))
    assert again.pk == first.pk
    xml = dated(CAP, evening)
    one = take(cast, xml, evening, kind="application/xml")
    two = take(
        cast, xml.replace("<status>", " <status>"), hours(evening, 1), kind="application/xml"
    )
    assert one.pk == two.pk
    assert Warning.objects.count() == 2


def test_a_cancel_that_arrives_before_its_alert_wins(cast: Cast, evening: datetime) -> None:
    """The late alert is kept and over at once."""
    stamp = (evening + timedelta(hours=8)).strftime("%d日%H时")
    take(cast, LIFTED.replace("解除", f"{stamp}解除"), evening)
    earlier = (evening + timedelta(hours=6)).strftime("%d日%H时")
    take(cast, COLD.replace("发布", f"{earlier}发布"), evening + timedelta(minutes=5))
    assert levels(hours(evening, 1)) == ("normal", "normal")
    assert not open_kinds()


@pytest.mark.slow
def test_two_warnings_overlap_and_the_strictest_counts(cast: Cast, evening: datetime) -> None:
    """And the level falls to what the other still asks."""
    take(cast, COLD, evening)
    take(cast, "凯里市气象台发布寒潮橙色预警信号：预计我市降温12℃。", hours(evening, 1))
    assert levels(hours(evening, 1)) == ("extreme", "raised")
    take(cast, "凯里市气象台解除寒潮橙色预警信号。", hours(evening, 2))
    assert levels(hours(evening, 2)) == ("raised", "raised")
    take(cast, LIFTED, hours(evening, 3))
    assert levels(hours(evening, 3)) == ("normal", "normal")


@pytest.mark.slow
def test_an_upgrade_is_acknowledged_anew_and_a_continuation_is_not(
    cast: Cast, evening: datetime
) -> None:
    """A watch leader is not woken for 继续发布."""
    take(cast, COLD, evening)
    waiting = Duty.objects.filter(kind="warning.acknowledge", division_code=COUNTY)
    assert waiting.count() == 1
    take(cast, COLD.replace("发布", "继续发布"), hours(evening, 5))
    assert waiting.count() == 1
    take(cast, "黔东南州气象台将寒潮蓝色预警信号升级为寒潮橙色预警信号：全州", hours(evening, 6))
    assert waiting.count() == 2
    assert levels(hours(evening, 6)) == ("extreme", "extreme")


@pytest.mark.slow
def test_a_county_new_to_a_colour_is_asked_whoever_had_it_before(
    cast: Cast, evening: datetime
) -> None:
    """Orange for Huangping is no news of orange for Kaili."""
    take(cast, COLD, evening)
    take(cast, "黔东南州气象台发布寒潮橙色预警信号：黄平县降温", hours(evening, 1))
    waiting = Duty.objects.filter(kind="warning.acknowledge", division_code=COUNTY)
    assert waiting.count() == 1
    take(cast, "黔东南州气象台继续发布寒潮橙色预警信号：凯里市、黄平县降温", hours(evening, 2))
    assert waiting.count() == 2
    others = Duty.objects.filter(kind="warning.acknowledge", division_code=OTHER_COUNTY)
    assert others.count() == 2, "blue, then orange; the continuation says nothing new"


@pytest.mark.slow
def test_a_lifting_for_some_counties_leaves_the_others(cast: Cast, evening: datetime) -> None:
    """解除凯里市…，其余继续生效."""
    take(cast, COLD, evening)
    take(cast, "黔东南州气象台解除凯里市寒潮蓝色预警信号，其余县市继续生效。", hours(evening, 2))
    assert levels(hours(evening, 2)) == ("normal", "raised")


def test_a_late_message_of_last_winter_changes_nothing(cast: Cast, evening: datetime) -> None:
    """It was over before it was received."""
    take(cast, COLD.replace("发布", "2025年1月8日08时发布"), evening)
    assert levels(evening) == ("normal", "normal")
    assert Coverage.objects.filter(end="stale").count() == 2


# ── ends ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_without_an_end_it_holds_48_hours_and_then_asks_a_person(
    cast: Cast, evening: datetime
) -> None:
    """The level stays until somebody confirms; each county answers for itself (X45)."""
    warning = take(cast, COLD, evening)
    after = hours(evening, 49)
    assert services.settle_due(at=after) == 2
    assert levels(after) == ("raised", "raised")
    assert "warning.confirm_end" in open_kinds()
    row = warning.coverage.get(division_code=COUNTY)
    assert row.phase == Coverage.Phase.AWAITING
    services.confirm_end(
        actor=cast.leader.actor, at=after, coverage=row, note="电话询问州气象台，已无寒潮"
    )
    assert levels(after) == ("normal", "raised")
    row.refresh_from_db()
    assert (row.end, row.confirmed_by) == ("confirmed", cast.leader.name)
    assert "warning.confirm_end" not in open_kinds()


@pytest.mark.slow
def test_an_end_is_not_confirmed_early_nor_without_a_word(cast: Cast, evening: datetime) -> None:
    """Before the hold is over the issuer's lifting counts; a reason is asked."""
    row = take(cast, COLD, evening).coverage.get(division_code=COUNTY)
    with pytest.raises(services.NotWaiting):
        services.confirm_end(
            actor=cast.leader.actor, at=hours(evening, 1), coverage=row, note="好了"
        )
    services.settle_due(at=hours(evening, 49))
    row.refresh_from_db()
    with pytest.raises(Refusal, match="凭什么"):
        services.confirm_end(actor=cast.leader.actor, at=hours(evening, 49), coverage=row, note=" ")


@pytest.mark.slow
def test_a_stated_end_ends_by_itself(cast: Cast, evening: datetime) -> None:
    """The issuer's own word; what was only owed because of it is taken back."""
    take(cast, COLD.rstrip("。") + "，有效期6小时", evening)
    assert "reliefpoint.open" in open_kinds()
    services.settle_due(at=hours(evening, 7))
    assert levels(hours(evening, 7)) == ("normal", "normal")
    assert not open_kinds()


@pytest.mark.slow
def test_duties_stay_while_another_warning_asks(cast: Cast, evening: datetime) -> None:
    """And a second warning does not ask twice for what is still open."""
    take(cast, COLD, evening)
    take(cast, "凯里市气象台发布暴雪橙色预警信号：预计我市有暴雪。", hours(evening, 1))
    checks = Duty.objects.filter(kind="supplies.check", division_code=COUNTY)
    assert checks.count() == 1
    take(cast, LIFTED, hours(evening, 2))
    assert checks.get().state == Duty.State.OPEN
    take(cast, "凯里市气象台解除暴雪橙色预警信号。", hours(evening, 3))
    assert checks.get().state == Duty.State.CANCELLED


@pytest.mark.slow
def test_what_was_done_stays_done(cast: Cast, evening: datetime) -> None:
    """Ending a warning takes back only what is open."""
    take(cast, COLD, evening)
    duty = Duty.objects.get(kind="staff.check", division_code=COUNTY)
    complete_duty(actor=cast.leader.actor, at=hours(evening, 1), duty=duty, note="到位")
    take(cast, LIFTED, hours(evening, 2))
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE


@pytest.mark.slow
def test_a_level_set_by_hand_is_left_alone(cast: Cast, evening: datetime) -> None:
    """A warning that ends does not undo a person's decision."""
    take(cast, COLD, evening)
    set_level(
        actor=cast.section_head.actor,
        at=hours(evening, 1),
        division_code=COUNTY,
        level="extreme",
        cause=None,
        reason="城区停电",
    )
    take(cast, LIFTED, hours(evening, 2))
    assert levels(hours(evening, 2)) == ("extreme", "normal")


# ── people, journal, immutability ────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_leader_acknowledges_once(cast: Cast, evening: datetime) -> None:
    """Who and when are kept, the duty is done, a second word is refused."""
    warning = take(cast, COLD, evening)
    row = warning.coverage.get(division_code=COUNTY)
    services.acknowledge(actor=cast.leader.actor, at=hours(evening, 0.2), coverage=row)
    assert row.acknowledged_by == cast.leader.name
    assert "warning.acknowledge" not in open_kinds()
    assert "warning.acknowledge" in open_kinds(OTHER_COUNTY)
    with pytest.raises(services.NotWaiting):
        services.acknowledge(actor=cast.leader.actor, at=hours(evening, 0.3), coverage=row)
    verbs = list(timeline(Subject("warning", warning.public_id)).values_list("verb", flat=True))
    assert "warnings.warning.take" in verbs
    assert "warnings.coverage.acknowledge" in verbs


@pytest.mark.slow
def test_a_message_as_received_cannot_be_changed(cast: Cast, evening: datetime) -> None:
    """The database refuses, whoever asks."""
    warning = take(cast, COLD, evening)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Warning.objects.filter(pk=warning.pk).update(colour="red")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Transmission.objects.update(source="x")
    assert bytes(warning.transmission.body).decode() == COLD


def test_what_cannot_be_read_is_refused_and_no_warning(cast: Cast, evening: datetime) -> None:
    """With a sentence that says what to mend."""
    with pytest.raises(services.MessageUnreadable) as refusal:
        take(cast, "<alert><identifier>", evening, kind="application/xml")
    assert refusal.value.why is Why.XML_BROKEN
    assert not Warning.objects.exists()


def test_a_silent_feed_is_an_alarm_once(cast: Cast, evening: datetime) -> None:
    """After the parameter's minutes, for whoever watches, until it speaks again."""
    FeedState.objects.create(
        channel="api",
        source="气象接入程序",
        division_code=COUNTY,
        owner_org="MZ-522601",
        last_at=evening,
    )
    assert services.alarm_silent_feeds(at=hours(evening, 5)) == 0
    assert services.alarm_silent_feeds(at=hours(evening, 7)) == 1
    assert services.alarm_silent_feeds(at=hours(evening, 8)) == 0
    duty = Duty.objects.get(kind="feed.check")
    assert (duty.owner_org, duty.state) == (STATION, Duty.State.OPEN)


@pytest.mark.slow
def test_daily_preparations_are_owed_each_day_a_warning_holds(
    cast: Cast, evening: datetime
) -> None:
    """The job may run as often as it likes."""
    take(cast, COLD, evening)
    before = Duty.objects.count()
    services.owe_of_the_day(at=hours(evening, 1))
    services.owe_of_the_day(at=hours(evening, 1))
    assert Duty.objects.count() == before
