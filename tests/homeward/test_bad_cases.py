"""What goes wrong with wristbands, beginning with who is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.homeward import services
from nuantu.homeward.models import Alarm, Consent, Position, TrackKey, Wearer, Wristband
from nuantu.homeward.rules.fixes import Fix
from nuantu.homeward.rules.watching import State, Watch, hear
from nuantu.homeward.services import owing
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.persons.services import assign_classes
from tests.cast import Cast
from tests.homeward import wearing
from tests.homeward.wearing import DEVICE, FAR, HOME, NOON, fix, forwarded, later, tell
from tests.web import (
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
NAMED = {"purposes": ["locate"], "given_by": "guardian", "giver_name": "样阿芳", "paper": "二号"}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _url(name: str, wearer: Wearer) -> str:
    return reverse(f"homeward:{name}", args=[wearer.public_id])


def _consents() -> int:
    with scope.system("a test counts"):
        return Consent.objects.filter(ended_at=None).count()


def _duties(kind: str) -> list[str]:
    with scope.system("a test looks"):
        return list(Duty.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


def _fixes() -> int:
    with scope.system("a test counts"):
        return Position.objects.count()


@pytest.mark.slow
@pytest.mark.rule("P14-25")
def test_a_guardian_who_harms_him_can_not_agree_and_what_he_agreed_to_ends(cast: Cast) -> None:
    wearer, who = wearing.worn(cast), cast.tracing_officer
    tell(fix(NOON))
    refused_for(cast.dispatcher, cast.section_head, url=_url("bar", wearer))
    bar = {"name": "样 阿芳", "reason": "派出所告诫书，对老人动手"}
    submit_refused_leaving(who, _url("bar", wearer), bar | {"reason": " "}, unchanged=_consents)
    submits(who, _url("bar", wearer), bar)
    assert (_consents(), _fixes(), tell(fix(later(minutes=1))).taken) == (0, 0, 0)
    assert _duties("wristband.return") == ["open"]
    data = NAMED | {"given_date": "2026-12-09"}
    page = submit_refused_leaving(
        who, _url("consent", wearer), data, unchanged=_consents, says="不能代为同意"
    )
    sees(page, "二号")
    submits(who, _url("consent", wearer), data | {"giver_name": "样阿明"})
    with scope.system("a test looks"):
        assert not JournalEntry.objects.filter(changes__icontains="告诫书").exists()


def test_a_mark_of_violence_asks_how_the_guardian_was_checked(cast: Cast) -> None:
    wearer, who = wearing.a_wearer(cast), cast.tracing_officer
    with scope.enter(scope.of_actor(cast.station_head.actor)):
        case = Case.objects.get(case_id=wearer.case_id)
        assign_classes(
            actor=cast.station_head.actor,
            at=NOON,
            case=case,
            codes=["domestic_violence"],
            source="派出所",
        )
    data = NAMED | {"given_date": "2026-12-09"}
    url = _url("consent", wearer)
    submit_refused_leaving(who, url, data, unchanged=_consents, says="不是加害人")
    submits(who, url, data | {"checked": "问过派出所和居委会"})


@pytest.mark.slow
def test_a_consent_is_kept_as_picture_or_pdf_and_opening_it_is_a_look(cast: Cast) -> None:
    wearer, who = wearing.a_wearer(cast), cast.tracing_officer
    data = NAMED | {"given_date": "2026-12-09"}
    wrong = {"scan": SimpleUploadedFile("同意书.pdf", b"MZ not a paper")}
    url = _url("consent", wearer)
    submit_refused_leaving(who, url, data | wrong, unchanged=_consents, says="不是能打开的照片")
    submits(who, url, data | {"scan": wearing.a_pdf()})
    with scope.system("a test looks"):
        paper = reverse(
            "homeward:consent_paper",
            args=[Consent.objects.get(purpose="locate", ended_at=None).public_id],
        )
    not_found_for(cast.outsider, cast.section_head, url=paper)
    answer = who.browser().get(paper)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    looks = reverse("accounts:looks", args=["wearer", wearer.public_id])
    sees(page_for(cast.station_head, looks), "查看书面同意的扫描件")


def test_somebody_asks_before_a_consent_ends_and_fetches_a_wristband_that_nobody_may_use(
    cast: Cast,
) -> None:
    wearer, actor = wearing.worn(cast), cast.tracing_officer.actor
    assert _duties("wristband.consent") == ["open"]
    with scope.enter(scope.of_actor(actor)):
        agreed = wearing.agreed("locate")
        services.give_consent(actor=actor, at=NOON, wearer=wearer, agreed=agreed)
        assert _duties("wristband.consent") == ["done", "open"]
        services.withdraw_consent(
            actor=actor, at=NOON, wearer=wearer, purpose="locate", reason="女儿来电"
        )
        assert _duties("wristband.consent") == ["done", "cancelled"]
        assert _duties("wristband.return") == ["open"]
        services.take_back(actor=actor, at=NOON, wearer=wearer)
    assert _duties("wristband.return") == ["done"]


def test_a_wristband_whose_consent_ran_out_is_fetched_until_somebody_agrees_again(
    cast: Cast,
) -> None:
    wearer, actor = wearing.worn(cast), cast.tracing_officer.actor
    with scope.system("a test looks"):
        until = wearer.consents.get(purpose="locate").until_date
    last, after = datetime.combine(until, NOON.timetz()), timedelta(days=1)
    assert (owing.owe_expired(at=last), _duties("wristband.return")) == (0, [])
    assert [owing.owe_expired(at=last + after), owing.owe_expired(at=last + after)] == [1, 0]
    assert (_duties("wristband.return"), _duties("wristband.consent")) == (["open"], ["cancelled"])
    with clock.frozen(last + after), scope.enter(scope.of_actor(actor)):
        agreed = wearing.agreed("locate")
        services.give_consent(actor=actor, at=clock.now(), wearer=wearer, agreed=agreed)
    assert _duties("wristband.return") == ["cancelled"]


@pytest.mark.slow
def test_a_wristband_on_the_wrong_person_leaves_nothing_of_him(cast: Cast) -> None:
    """What was told before it was handed over by mistake stays; the wrong fixes go, with their alarms and duties."""
    wearer, who = wearing.worn(cast), cast.tracing_officer
    wearing.fenced(cast, wearer)
    tell(fix(NOON))
    with scope.enter(scope.of_actor(who.actor)):
        services.take_back(actor=who.actor, at=later(minutes=1), wearer=wearer)
        band, _token = wearing.a_band(cast, "手环02", "867000000000025")
        services.hand_over(actor=who.actor, at=later(minutes=2), wearer=wearer, band=band)
    strays = [fix(later(minutes=m), FAR, device="867000000000025") for m in (3, 4)]
    assert tell(*strays, at=later(minutes=4)).taken == 2
    with clock.frozen(later(minutes=9)):
        data = {"state": "wrong", "reason": " "}
        url = _url("take_back", wearer)
        submit_refused_leaving(who, url, data, unchanged=_fixes, says="戴在了谁身上")
        submits(who, url, data | {"reason": "交接时拿错，戴在样阿婆手上"})
    assert (_fixes(), _duties("wristband.alarm")) == (1, ["cancelled"])
    with scope.system("a test looks"):
        assert Alarm.objects.get().outcome == "void"
        assert wearer.wearings.latest("given_at").ended_how == "wrong"
        assert Wristband.objects.get(number="手环02").state == "returned"
        assert TrackKey.objects.get().purged_count == 2


def test_what_lasts_ends_with_the_wristband(cast: Cast) -> None:
    """Nothing would ever end it: outside still waits for an answer, low battery needs nobody."""
    wearer, actor = wearing.worn(cast), cast.tracing_officer.actor
    wearing.fenced(cast, wearer)
    tell(fix(NOON, FAR, battery=9), fix(later(minutes=1), FAR), at=later(minutes=1))
    with scope.enter(scope.of_actor(actor)):
        services.take_back(actor=actor, at=later(minutes=2), wearer=wearer)
    with scope.system("a test looks"):
        assert dict(Alarm.objects.values_list("kind", "outcome")) == {
            "outside": "",
            "low_battery": "passed",
        }
        assert not Alarm.objects.filter(ended_at=None).exists()


def test_a_call_that_comes_again_late_does_not_undo_its_answer_and_a_new_one_does(
    cast: Cast,
) -> None:
    """Traccar forwards a call twice, as a position and as an event without one."""
    wearing.worn(cast)
    call: dict[str, Any] = {"alarms": frozenset({"sos"})}
    tell(fix(NOON, **call))
    actor = cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        services.answer_alarm(
            actor=actor, at=NOON, alarm=Alarm.objects.get(), outcome="helped", answer="已通话"
        )
    tell(fix(NOON, None, **call), at=later(minutes=1))
    with scope.system("a test looks"):
        assert Alarm.objects.get().answered_at == NOON
    tell(fix(later(minutes=2), **call), at=later(minutes=2))
    with scope.system("a test looks"):
        assert Alarm.objects.get().answered_at is None


def _hours(count: int, where: tuple[float, float] | None) -> list[tuple[str, datetime]]:
    state, watch, found = State(), Watch(still_after=timedelta(hours=72)), []
    for hour in range(count):
        lat, lon = (where or (None, None)) if hour else HOME
        told = Fix("1", later(hours=hour), lat, lon, 10)
        state, changes, _jump = hear(state, told, told.at, watch)
        found += [(change.kind, change.began_at) for change in changes]
    return found


@pytest.mark.parametrize("where", [HOME, None], ids=["with a place", "indoors without one"])
def test_a_wristband_in_a_drawer_is_named_after_days(where: tuple[float, float] | None) -> None:
    assert _hours(72, where) == []
    assert _hours(100, where) == [("still", later(hours=72))]


def test_days_without_a_word_are_silence_and_no_stillness() -> None:
    state, watch = State(), Watch(still_after=timedelta(hours=72))
    for hours in (0, 1, 120, 121):
        told = Fix("1", later(hours=hours), *HOME, 10)
        state, changes, _jump = hear(state, told, told.at, watch)
        assert "still" not in {change.kind for change in changes}


def test_whoever_sees_him_on_the_map_is_written_down_once_in_ten_minutes(cast: Cast) -> None:
    wearer = wearing.worn(cast)
    tell(fix(NOON))
    browser, url = cast.dispatcher.browser(), reverse("homeward:view")
    for _turn in range(3):
        browser.get(url, {"view": "26.57,107.97,26.59,107.99"})
    browser.get(url, {"view": "20,100,30,115"})
    with scope.system("a test counts"):
        assert JournalEntry.objects.filter(verb="homeward.map.read").count() == 1
    looks = reverse("accounts:looks", args=["wearer", wearer.public_id])
    sees(page_for(cast.station_head, looks), "在地图上查看 1 人的手环位置", "龙海")


@pytest.mark.slow
def test_a_call_waits_before_everything_else_and_says_whom_to_phone(cast: Cast) -> None:
    wearing.fenced(cast, wearing.worn(cast))
    tell(fix(NOON, battery=9), at=NOON)
    tell(*(fix(later(minutes=m), FAR, battery=20) for m in (10, 11)), at=later(minutes=11))
    tell(fix(later(minutes=12), FAR, battery=20, alarms=frozenset({"sos"})), at=later(minutes=12))
    with clock.frozen(later(minutes=13)):
        page = page_for(cast.dispatcher, reverse("homeward:alarms"))
        said = page.content.decode()
        assert said.index("本人呼救</") < said.index("不在围栏内</") < said.index("电量低</")
        quiet = [wearing.a_wearer(cast, name=name) for name in ("样阿福", "样阿寿")]
        said = page_for(cast.dispatcher, reverse("homeward:wearers")).content.decode()
        assert said.index("样阿公") < min(said.index(one.number) for one in quiet)
        with scope.system("a test looks"):
            sos = Alarm.objects.get(kind="sos")
        answer = reverse("homeward:answer", args=[sos.public_id])
        sees(page_for(cast.dispatcher, answer), "样阿芳", "08550000333")


@pytest.mark.slow
def test_ten_thousand_fixes_of_a_day_without_signal_come_in_through_the_gateway(cast: Cast) -> None:
    """In lists and one by one; each past event once, none of the present; told again, nothing."""
    wearing.fenced(cast, wearing.worn(cast))
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        _gateway, token = services.add_gateway(actor=actor, at=NOON, name="Traccar")
    url, client = reverse("homeward:traccar"), Client(headers={"Authorization": f"Bearer {token}"})
    lat, lon = FAR
    fixes = [
        forwarded(
            DEVICE,
            later(seconds=8 * number),
            **({"latitude": lat, "longitude": lon} if 3000 <= number < 4000 else {}),
        )
        for number in range(10_000)
    ]
    steps = [fixes[start : start + 1_960] for start in range(0, 9_800, 1_960)]
    with clock.frozen(later(days=1)):
        told = [*steps, *fixes[9_800:]]
        answers = [client.post(url, one, content_type="application/json") for one in told]
        assert {one.status_code for one in answers} == {200}
        assert _fixes() == 10_000
        again = client.post(url, fixes, content_type="application/json").json()
        assert again == {"taken": 0, "left": 10_000}
    with scope.system("a test looks"):
        rows = list(Alarm.objects.values_list("kind", "began_at", "ended_at"))
    assert all(ended for _kind, _began, ended in rows)
    assert sorted(kind for kind, *_rest in rows) == ["outside", "silent"]
