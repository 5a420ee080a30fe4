"""A tip comes in: by anybody, for whoever answers for the place, in one transaction."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nuantu.core import clock, journal, scope
from nuantu.core.fields import MASK
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.dispatch import services
from nuantu.dispatch.access import answers_for, tip_for
from nuantu.dispatch.models import Notice, Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.selectors.clocks import limit_reason
from nuantu.dispatch.selectors.receipts import receipt_hash, tip_of_receipt
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import accept_handover
from nuantu.places.models import Station
from tests import builders
from tests.cast import COUNTY, OFFICE, OTHER_STATION, STATION, Cast
from tests.dispatch.reporting import take

pytestmark = pytest.mark.django_db
EVENING = builders.EVENING
BRIDGE = Position(26.5742, 107.9781)
FAR_VILLAGE = Position(26.5637, 108.30)


@pytest.mark.rule("P1-32")
def test_one_report_makes_one_tip_one_duty_and_one_line(cast: Cast) -> None:
    taken = take(position=BRIDGE, seen_text="一个男人睡在桥下")
    tip = Tip.objects.get()
    duty = Duty.objects.get(kind="dispatch.arrive")
    assert taken.is_new
    assert (tip.state, tip.owner_org, tip.division_code[:6]) == ("new", STATION, COUNTY[:6])
    assert tip.received_at == tip.clock_started_at == EVENING
    assert (duty.subject_id, duty.owner_org, duty.due_at) == (tip.public_id, STATION, tip.due_at)
    lines = journal.timeline(Subject("tip", tip.public_id))
    assert [line.verb for line in lines.filter(verb__startswith="dispatch")] == [
        "dispatch.tip.take"
    ]
    assert list(journal.verify()) == []


def test_only_the_receipt_opens_a_tip_to_the_public(cast: Cast) -> None:
    """The code is nowhere in the database; with it the one row is seen, without it none."""
    code = take(position=BRIDGE).code
    tip = Tip.objects.get()
    assert tip.receipt_hash == receipt_hash(code) != code
    with scope.public():
        assert not Tip.objects.exists()
    take("大十字广场")
    found = tip_of_receipt(f" {code[:5].lower()}-{code[5:]} ")
    assert found == tip
    with scope.public(receipt_hash(code)):
        assert list(Tip.objects.all()) == [tip]
    assert tip_of_receipt("AAAAAAAAAA") is None


def test_the_reporter_is_sealed(cast: Cast) -> None:
    take(position=BRIDGE, callback="138 0000 0000", reporter_name="老吴")
    tip = Tip.objects.get()
    assert "13800000000" not in str(vars(tip))
    assert str(tip.callback) == MASK
    assert tip.callback.open() == "13800000000"
    assert tip.reporter_name.open() == "老吴"
    for line in JournalEntry.objects.all():
        assert "1380000" not in str(vars(line))


@pytest.mark.rule("P9-20", "P9-21")
def test_the_limit_is_chosen_from_the_station_and_frozen_with_its_reason(
    cast: Cast, station: Station
) -> None:
    builders.a_season(EVENING)
    near = take(position=BRIDGE).tip
    far = take("远山村口", position=FAR_VILLAGE).tip
    assert (near.limit_minutes, near.limit_distance) == (30, "near")
    assert (far.limit_minutes, far.limit_distance) == (60, "far")
    assert far.limit_travel_minutes is not None
    assert far.limit_travel_minutes > far.limit_far_minutes == 25
    assert "P9-21" in far.limit_basis
    assert str(far.limit_travel_minutes) in limit_reason(far)
    station_row = Station.objects.get(pk=station.pk)
    station_row.lon = 108.30
    station_row.save()
    far.refresh_from_db()
    assert far.limit_minutes == 60, "what was promised does not change with the map"


@pytest.mark.slow
@pytest.mark.rule("P1-44")
def test_promptly_takes_the_figure_of_the_default(cast: Cast, station: Station) -> None:
    """P1 says 及时 without a number: the default of 30 minutes holds, named (X02, X56)."""
    from nuantu.core.actors import SYSTEM
    from nuantu.operations.services import start_plan
    from nuantu.planbook import files

    start_plan(actor=SYSTEM, at=EVENING, text=files.packaged_text("P1"), org_code=OFFICE, year=2026)
    tip = take(position=BRIDGE).tip
    assert tip.limit_minutes == 30
    assert tip.limit_basis


def test_the_same_form_twice_is_one_tip_with_one_receipt(cast: Cast) -> None:
    first = take(position=BRIDGE, idempotency_key="a-form-key-1")
    second = take(
        position=BRIDGE, idempotency_key="a-form-key-1", at=EVENING + timedelta(minutes=3)
    )
    assert first.code == second.code
    assert (first.is_new, second.is_new) == (True, False)
    assert Tip.objects.count() == Duty.objects.filter(kind="dispatch.arrive").count() == 1


def test_another_report_under_the_same_key_is_refused(cast: Cast) -> None:
    take(position=BRIDGE, idempotency_key="a-form-key-1")
    with pytest.raises(services.KeyReused):
        take("大十字广场", idempotency_key="a-form-key-1")
    assert Tip.objects.count() == 1


def test_two_people_with_the_same_key_do_not_read_each_other(cast: Cast) -> None:
    """A weak key of one program never gives away another's receipt."""
    mine = take(position=BRIDGE, idempotency_key="12345678")
    report = Report(place_text="南桥桥洞", position=BRIDGE, idempotency_key="12345678")
    his = services.take_tip(actor=cast.operator.actor, at=EVENING, report=report)
    assert his.is_new
    assert mine.code != his.code


@pytest.mark.slow
@pytest.mark.usefixtures("evening")
def test_a_call_about_another_stations_place_is_answered_for_until_it_is_accepted(
    cast: Cast,
) -> None:
    """首接负责: the first receiver owns the tip and its promise; acceptance moves both (X55)."""
    there = Report(place_text="黄平汽车站", position=Position(26.91, 107.91), channel="hotline")
    with scope.enter(scope.of_actor(cast.operator.actor)):
        taken = services.take_tip(actor=cast.operator.actor, at=EVENING, report=there)
    assert taken.handed_to == "黄平县救助管理站"
    handover = Handover.objects.get()
    assert (taken.tip.owner_org, handover.to_org) == (STATION, OTHER_STATION)
    receiver = cast.other_patroller.actor
    with scope.enter(scope.of_actor(receiver)):
        assert tip_for(receiver, taken.tip.public_id) == taken.tip, "the offer lets him read it"
        assert not answers_for(receiver, taken.tip)
        accept_handover(actor=receiver, at=EVENING, handover=handover)
    tip = Tip.objects.get()
    assert tip.owner_org == OTHER_STATION
    assert Duty.objects.get(kind="dispatch.arrive").owner_org == OTHER_STATION
    with scope.enter(scope.of_actor(cast.operator.actor)):
        assert Tip.objects.get() == tip, "the giver reads on for a term"


def test_a_township_reports_to_the_station_that_answers(cast: Cast) -> None:
    report = Report(place_text="镇政府门口", position=Position(26.5637, 108.066))
    taken = services.take_tip(actor=cast.township.actor, at=EVENING, report=report)
    assert (taken.tip.owner_org, taken.handed_to) == (STATION, "")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"place": "   "}, "place_text"),
        ({"place": "桥" * 201}, "place_text"),
        ({"seen_text": "冷" * 2001}, "seen_text"),
        ({"callback": "打我电话"}, "callback"),
        ({"flags": ("martian",)}, "flags"),
        ({"asked": "maybe"}, "asked"),
        ({"channel": "pigeon"}, "channel"),
        ({"person_count": 0}, "person_count"),
        ({"idempotency_key": "short"}, "idempotency_key"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    cast: Cast, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(services.TipRefused) as refused:
        take(**said)
    assert refused.value.field == field
    assert str(refused.value)
    assert not Tip.objects.exists()


@pytest.mark.slow
def test_ten_megabytes_of_text_are_refused_with_both_numbers(cast: Cast) -> None:
    with pytest.raises(services.TipRefused) as refused:
        take(seen_text="冷" * 10_000_000)
    assert "10,000,000" in str(refused.value)
    assert "2,000" in str(refused.value)


def test_emoji_stay_and_control_characters_go(cast: Cast) -> None:
    tip = take("桥\x00下🥶", seen_text="孩子\x07在哭😭\u202e").tip
    tip.refresh_from_db()
    assert (tip.place_text, tip.seen_text) == ("桥下🥶", "孩子在哭😭")


@pytest.mark.rule("P12-03", "P1-23")
def test_notices_are_on_the_list_from_the_first_moment(cast: Cast) -> None:
    """A taxi driver's child: 120 and 110 are due, the station knows because it holds the tip."""
    tip = take(position=BRIDGE, flags=("minor",), channel="taxi").tip
    states = dict(Notice.objects.filter(tip=tip).values_list("recipient", "state"))
    assert states == {"120": "due", "110": "due", "relief_station": "told"}


def test_the_police_need_not_be_told_what_they_told_us(cast: Cast) -> None:
    tip = take(position=BRIDGE, flags=("danger",), channel="110").tip
    assert Notice.objects.get(tip=tip, recipient="110").state == "told"
    assert Notice.objects.get(tip=tip, recipient="120").state == "due"


def test_when_it_was_seen_and_when_it_was_recorded_are_two_things(cast: Cast) -> None:
    seen = EVENING - timedelta(hours=1)
    tip = take(position=BRIDGE, happened_at=seen).tip
    assert (tip.happened_at, tip.received_at) == (seen, EVENING)
    assert tip.due_at == EVENING + timedelta(minutes=30), "the clock starts when we know"
    future = take("大十字", happened_at=datetime(2099, 1, 1, tzinfo=UTC)).tip
    assert future.happened_at == EVENING


def test_too_many_reports_from_one_address_are_stopped_for_a_while(cast: Cast) -> None:
    with clock.frozen(EVENING):
        for _ in range(30):
            services.admit(address="10.0.0.1")
        with pytest.raises(services.TooManyReports):
            services.admit(address="10.0.0.1")
        services.admit(address="10.0.0.2")
    with clock.frozen(EVENING + timedelta(minutes=11)):
        services.admit(address="10.0.0.1")
