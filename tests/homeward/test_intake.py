"""Fixes come in, beginning with those that are not kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from nuantu.core import brief_keys, clock, journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.erasure import erase_case
from nuantu.core.models import JournalEntry
from nuantu.homeward import services
from nuantu.homeward.models import (
    Alarm,
    CellCount,
    LastFix,
    Position,
    TrackKey,
    Wearing,
    Wristband,
)
from nuantu.homeward.selectors.waiting import to_look_after
from nuantu.operations.models import Duty
from tests.cast import OTHER_STATION, Cast
from tests.homeward import wearing
from tests.homeward.wearing import FAR, HOME, NOON, fix, later, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _alarms(**more: Any) -> list[tuple[str, Any, Any]]:
    with scope.system("a test looks"):
        rows = Alarm.objects.filter(**more).order_by("began_at", "kind")
        return [(row.kind, row.began_at, row.ended_at) for row in rows]


def _kept() -> int:
    with scope.system("a test counts"):
        return Position.objects.count()


@pytest.mark.rule("P14-25")
def test_without_a_wearer_or_his_consent_nothing_is_kept_and_all_looks_alike(cast: Cast) -> None:
    """An unknown wristband, one in the store, one of another station's gateway, one without consent."""
    band, _token = wearing.a_band(cast)
    assert tell(fix(NOON)) == services.Taken(0, 1)
    assert tell(fix(NOON, device="1234567890")) == services.Taken(0, 1)
    wearer = wearing.a_wearer(cast)
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        services.hand_over(actor=actor, at=NOON, wearer=wearer, band=band)
    assert tell(fix(NOON), org=OTHER_STATION) == services.Taken(0, 1)
    assert tell(fix(NOON)) == services.Taken(1, 0)
    with scope.enter(scope.of_actor(actor)):
        services.withdraw_consent(
            actor=actor, at=NOON, wearer=wearer, purpose="locate", reason="女儿来电"
        )
    assert tell(fix(later(minutes=1)), at=later(minutes=1)) == services.Taken(0, 1)
    assert _kept() == 0
    with scope.system("a test looks"):
        assert Wristband.objects.get().unstored_count == 2
        assert TrackKey.objects.get().destroyed_why == "withdrawn"
        assert LastFix.objects.get().cell_x is None
        assert sum(CellCount.objects.values_list("count", flat=True)) == 0


def test_a_consent_that_is_over_ends_collection_by_itself(cast: Cast) -> None:
    wearing.worn(cast)
    assert tell(fix(later(days=364)), at=later(days=364)).taken == 1
    assert tell(fix(later(days=370)), at=later(days=370)).taken == 0


def test_one_wristband_has_one_wearer_and_what_it_told_before_is_not_his(cast: Cast) -> None:
    wearer = wearing.worn(cast)
    with scope.system("a test tries"):
        band = Wristband.objects.get()
    with scope.system("a test tries"), pytest.raises(IntegrityError), transaction.atomic():
        Wearing.objects.create(wearer=wearer, wristband=band, given_at=NOON)
    early = [fix(later(hours=-hours)) for hours in (1, 3, 9)]
    assert tell(*early, fix(NOON)) == services.Taken(1, 3)


@pytest.mark.slow
def test_outside_is_a_state_and_one_event(cast: Cast) -> None:
    """He was never seen inside: the second fix outside is enough; ten more raise nothing; poor ones judge nothing."""
    wearing.fenced(cast, wearing.worn(cast))
    tell(fix(NOON, FAR), at=NOON)
    assert _alarms() == []
    tell(fix(later(minutes=1), FAR), at=later(minutes=1))
    for minute in range(2, 12):
        tell(fix(later(minutes=minute), FAR), at=later(minutes=minute))
    tell(fix(later(minutes=12), HOME, accuracy=3000), at=later(minutes=12))
    assert _alarms() == [("outside", NOON, None)]
    tell(fix(later(minutes=20), HOME), at=later(minutes=20))
    assert _alarms() == [("outside", NOON, later(minutes=20))]
    with scope.system("a test looks"):
        duty = Duty.objects.get(kind="wristband.alarm")
        assert duty.due_at == later(minutes=11)
        assert duty.state == Duty.State.OPEN


@pytest.mark.slow
def test_silence_and_hours_that_begin_are_seen_though_nothing_is_told(cast: Cast) -> None:
    wearer = wearing.worn(cast, silent_minutes=60)
    wearing.fenced(
        cast,
        wearer,
        hours_from=clock.local(later(minutes=30)).time(),
        hours_to=clock.local(later(hours=9)).time(),
    )
    tell(fix(NOON, FAR), fix(later(seconds=30), FAR), at=later(seconds=30))
    assert _alarms() == []
    for minutes in (20, 32, 34, 62, 64):
        with scope.system("the job looks"):
            at = later(minutes=minutes)
            services.look_after(at=at, wearers=to_look_after(at))
            services.release(at=at)
    assert [(kind, ended) for kind, _began, ended in _alarms()] == [
        ("outside", None),
        ("silent", None),
    ]
    tell(fix(later(minutes=70), HOME), at=later(minutes=70))
    assert [kind for kind, _began, ended in _alarms() if ended] == ["outside", "silent"]
    with scope.system("a test looks"):
        assert Alarm.objects.get(kind="silent").outcome == "passed"


def test_quiet_hours_hold_back_what_is_not_urgent_and_lose_nothing(cast: Cast) -> None:
    local = clock.local(NOON)
    wearing.worn(
        cast,
        quiet_from=(local - timedelta(hours=1)).time(),
        quiet_to=(local + timedelta(hours=1)).time(),
    )
    tell(
        fix(NOON, battery=9),
        fix(later(seconds=9), battery=9, alarms=frozenset({"sos"})),
        at=later(seconds=9),
    )
    with scope.system("a test looks"):
        told = dict(Alarm.objects.values_list("kind", "released_at"))
        assert told == {"low_battery": None, "sos": later(seconds=9)}
        assert services.release(at=later(minutes=59)) == 0
        assert services.release(at=later(minutes=61)) == 1
        assert services.release(at=later(minutes=62)) == 0
        assert Duty.objects.filter(kind="wristband.alarm").count() == 2


@pytest.mark.slow
def test_a_day_without_signal_told_at_once_raises_each_past_event_once(cast: Cast) -> None:
    """Two thousand fixes, in which he left and came back. Told again, they raise nothing."""
    wearing.fenced(cast, wearing.worn(cast))
    at = later(days=1)
    fixes = [
        fix(
            later(seconds=8 * number),
            FAR if 3000 <= number < 4000 else HOME,
            alarms=frozenset({"fall"}) if 3500 <= number < 3520 else frozenset(),
        )
        for number in range(1_200)
    ]
    fixes += [fix(later(seconds=9600 + 8 * n), FAR if 300 <= n < 600 else HOME) for n in range(800)]
    assert tell(*fixes, at=at).taken == 2_000
    before = _alarms()
    assert [kind for kind, _began, _ended in before] == ["silent", "outside"] or [
        kind for kind, *_rest in before
    ] == ["outside", "silent"]
    assert all(ended for _kind, _began, ended in before)
    assert tell(*fixes, at=later(days=1, minutes=1)) == services.Taken(0, 2_000)
    assert _alarms() == before


def test_a_clock_eight_hours_ahead_is_set_right_and_said(cast: Cast) -> None:
    wearing.worn(cast)
    with scope.system("a test gives it earlier"):
        Wearing.objects.update(given_at=later(hours=-9))
    assert tell(fix(later(hours=8))).taken == 1
    with scope.system("a test looks"):
        assert Position.objects.get().fixed_at == NOON
    assert [kind for kind, *_rest in _alarms()] == ["clock"]
    assert tell(fix(later(hours=3))).taken == 0


def test_a_jump_of_300_km_is_kept_and_not_judged(cast: Cast) -> None:
    wearing.fenced(cast, wearing.worn(cast))
    tell(fix(NOON), at=NOON)
    tell(fix(later(minutes=1), (29.3, 107.98)), at=later(minutes=1))
    assert _alarms() == []
    with scope.system("a test looks"):
        last = LastFix.objects.get()
        assert (last.is_doubtful, last.fixed_at) == (True, NOON)
    assert _kept() == 2


def test_nobody_reads_a_track_after_its_term(cast: Cast) -> None:
    """Deleted, its key destroyed with a proof, the month dropped; and no key of it in any backup."""
    wearing.worn(cast, term_days=10)
    tell(fix(NOON), at=NOON)
    with scope.system("a test looks"):
        key = TrackKey.objects.get()
        sealed = bytes(Position.objects.get().sealed)
    assert HOME[0] == pytest.approx(_lat(key, sealed))
    assert services.purge(at=later(days=9))["fixes"] == 0
    done = services.purge(at=later(days=11))
    assert (done["fixes"], done["keys"]) == (1, 0)
    done = services.purge(at=later(days=33))
    assert (done["keys"], done["months"]) == (1, 1)
    with scope.system("a test looks"):
        key.refresh_from_db()
        assert (key.destroyed_why, key.fix_count, key.purged_count) == ("term", 1, 1)
        line = JournalEntry.objects.get(verb="homeward.track.destroy")
        assert line.changes["key_digest"] == key.key_digest
        assert not list(journal.verify())
    assert services.purge(at=later(days=34)) == {
        "fixes": 0,
        "last": 0,
        "keys": 0,
        "lost": 0,
        "months": 0,
    }


def _lat(key: TrackKey, sealed: bytes) -> float | None:
    from nuantu.homeward.rules.packing import unpack_fix

    return unpack_fix(brief_keys.unseal(key.public_id, sealed)).lat


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_an_erased_case_takes_the_tracks_and_their_keys_along(cast: Cast) -> None:
    wearer = wearing.worn(cast)
    tell(fix(NOON), at=NOON)
    with scope.system("a test looks"):
        key = TrackKey.objects.get()
    assert brief_keys.is_there(key.public_id)
    assert wearer.case_id is not None
    erase_case(
        case_id=wearer.case_id,
        actor=SYSTEM,
        at=NOON,
        reason="本人要求",
        division_code=wearer.division_code,
        owner_org=wearer.owner_org,
    )
    assert not brief_keys.is_there(key.public_id)
    assert _kept() == 0
    with scope.system("a test looks"), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(w::text, '') FROM homeward_wearer w")
        assert "走失" not in cursor.fetchone()[0]
