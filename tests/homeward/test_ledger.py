"""The prevention ledger: who is refused, who answers, what a visit makes follow, what a return tells to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.accounts.models import User
from nuantu.core import clock, scope
from nuantu.homeward.models import LedgerAlert, LedgerEntry, LedgerVisit
from nuantu.homeward.services import ledger
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.operations.models import Duty
from nuantu.operations.services import accept_handover
from tests.cast import STATION, TOWNSHIP, Cast
from tests.homeward import keeping
from tests.homeward.keeping import NOON, an_entry
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "样阿贵",
    "sex": "male",
    "years": "46",
    "grounds": ["mental_illness", "repeat"],
    "cause": "和哥哥争吵后离家",
    "family": "weak",
    "card": "missing",
    "band": "refused",
}
VISIT = {
    "visited_at": "2026-11-09T11:30",
    "how": "home",
    "found": "met",
    "life": "和哥哥同住，有饭吃",
    "health": "按时服药",
    "work": "farms",
    "has_left_again": "false",
    "goods": "大米10公斤、食用油一桶",
    "measures": ["dibao"],
}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _count(model: Any = LedgerEntry) -> int:
    with scope.system("a test counts"):
        return int(model.objects.count())


def _url(name: str, entry: LedgerEntry) -> str:
    return reverse(f"homeward:{name}", args=[entry.public_id])


def _owed(kind: str) -> list[Duty]:
    with scope.system("a test looks"):
        rows = Duty.objects.filter(kind=kind, state=Duty.State.OPEN).select_related("assignee")
        return list(rows.order_by("pk"))


def test_whoever_sees_no_people_and_whoever_is_elsewhere_sees_no_entry(cast: Cast) -> None:
    entry = an_entry(cast)
    for key in ("kitchen", "police", "hospital", "other_patroller", "outsider", "reception"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not LedgerEntry.objects.exists(), key
    refused_for(cast.nobody, cast.kitchen, cast.police, url=reverse("homeward:ledger"))
    not_found_for(cast.outsider, cast.tracing_officer, url=_url("entry", entry))
    sees(page_for(cast.section_head, _url("entry", entry)), "样阿贵", "精神障碍", "陆干事")


@pytest.mark.slow
@pytest.mark.rule("P1-71")
def test_nobody_is_entered_without_a_ground_a_cause_and_somebody_responsible(cast: Cast) -> None:
    who, url = cast.township, reverse("homeward:ledger_new")
    data = TYPED | {"keeper": str(who.account.pk)}
    stranger = str(cast.station_head.account.pk)
    for without, says in (
        ({"keeper": ""}, "样阿贵"),
        ({"keeper": stranger}, "样阿贵"),
        ({"grounds": []}, "和哥哥争吵"),
        ({"cause": " "}, "样阿贵"),
        ({"name": ""}, "请写个案编号"),
        ({"case": "C1"}, "没有这个编号"),
    ):
        submit_refused_leaving(who, url, data | without, unchanged=_count, says=says)
    submits(who, url, data, to="/ledger/")
    with scope.system("a test looks"):
        entry = LedgerEntry.objects.select_related("keeper").get()
    assert (entry.owner_org, entry.keeper) == (TOWNSHIP, who.account)
    assert entry.risk == "high"
    (visit,) = _owed("ledger.visit")
    assert visit.assignee == who.account
    assert f"{entry.next_date}" == f"{clock.local(visit.due_at).date()}" == "2026-12-01"


@pytest.mark.rule("P10-05")
def test_the_easily_lost_and_the_poor_of_a_place_are_found_by_risk_and_state(cast: Cast) -> None:
    an_entry(cast, "easily_lost", "repeat", name="样阿福", family="none")
    an_entry(cast, "low_income", name="样阿寿", family="cares", card="has")
    who, url = cast.township, reverse("homeward:ledger")
    sees(page_for(who, url), "样阿福", "容易走失", "样阿寿", "低收入")
    does_not_see(page_for(who, f"{url}?risk=high"), "样阿寿")
    sees(page_for(who, f"{url}?risk=high"), "样阿福")
    sees(page_for(who, f"{url}?q=yas"), "样阿寿")
    sees(page_for(who, f"{url}?state=ended"), "没有符合的人")
    assert who.browser().get(reverse("homeward:ledger_export")).status_code == 200


def test_whoever_leaves_leaves_nobody_behind(cast: Cast) -> None:
    entry = an_entry(cast)
    with scope.system("a test lets somebody go"):
        User.objects.filter(pk=cast.township.account.pk).update(is_active=False)
        other = User.objects.create(
            login="town2", name="罗干事", organisation_id=TOWNSHIP, roles=["township"], password="!"
        )
    assert ledger.name_keepers(at=NOON) == 1
    assert ledger.name_keepers(at=NOON) == 0
    sees(page_for(cast.section_head, reverse("homeward:ledger") + "?state=unkept"), "没有责任人")
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        with pytest.raises(HomewardRefused, match="交接了什么"):
            ledger.set_keeper(actor=actor, at=NOON, entry=entry, keeper=other, reason=" ")
        ledger.set_keeper(actor=actor, at=NOON, entry=entry, keeper=other, reason="调离，已交接")
    assert not _owed("ledger.keeper")
    assert [duty.assignee for duty in _owed("ledger.visit")] == [other]


@pytest.mark.slow
@pytest.mark.rule("P14-23")
@pytest.mark.rule("P14-24")
def test_a_visit_says_how_he_lives_his_health_and_work_and_what_was_brought(cast: Cast) -> None:
    entry, who = an_entry(cast), cast.township
    url = _url("visit", entry)
    for without, says in (
        ({"life": ""}, "请写生活情况"),
        ({"health": ""}, "请写身体"),
        ({"visited_at": "2026-11-10T11:30"}, "不能晚于现在"),
        ({"visited_at": "2026-10-01T11:30"}, "早于纳入台账"),
        ({"next_date": "2026-11-09"}, "要晚于今天"),
    ):
        page = submit_refused_leaving(
            who, url, VISIT | without, unchanged=lambda: _count(LedgerVisit), says=says
        )
        sees(page, "大米10公斤")
    sees(
        submits(who, url, VISIT, to="/ledger/"), "有饭吃", "按时服药", "务农", "大米10公斤", "低保"
    )
    with scope.system("a test looks"):
        assert LedgerVisit.objects.get().planned_date == entry.next_date
        entry.refresh_from_db()
    (owed,) = _owed("ledger.visit")
    assert clock.local(owed.due_at).date() == entry.next_date
    not_found_for(cast.outsider, url=url)


def test_the_eve_of_laba_is_never_left_out_and_a_later_day_cannot_be_chosen(cast: Cast) -> None:
    entry = an_entry(cast, "low_income", family="cares", card="has")
    with clock.frozen(NOON + timedelta(days=40)):
        submits(
            cast.township,
            _url("visit", entry),
            VISIT | {"visited_at": "2026-12-19T11:30", "next_date": "2027-05-01"},
        )
    with scope.system("a test looks"):
        entry.refresh_from_db()
    assert f"{entry.next_date}" == "2027-01-15"


def test_whoever_is_locked_in_is_owed_freedom_within_a_day(cast: Cast) -> None:
    entry, url = an_entry(cast, "low_income", card="has"), ""
    url = _url("visit", entry)
    submits(cast.township, url, VISIT | {"is_locked_in": "on"})
    (duty,) = _owed("ledger.locked")
    assert duty.due_at == NOON + timedelta(hours=24)
    with scope.system("a test looks"):
        entry.refresh_from_db()
        assert (entry.family, entry.risk) == ("locks", "high")
    submit_refused_leaving(
        cast.township,
        _url("end_entry", entry),
        {"why": "steady", "words": "家人说好了"},
        unchanged=lambda: len(_owed("ledger.locked")),
        says="没有办结",
    )
    submits(cast.township, url, VISIT)
    assert not _owed("ledger.locked")


def test_who_is_not_found_is_tried_again_soon_and_who_is_missing_is_searched(cast: Cast) -> None:
    entry = an_entry(cast)
    submits(cast.township, _url("visit", entry), VISIT | {"found": "missing", "life": ""})
    assert _owed("ledger.absent")
    with scope.system("a test looks"):
        entry.refresh_from_db()
    assert entry.next_date == clock.today() + timedelta(days=7)
    submits(cast.township, _url("visit", entry), VISIT)
    assert not _owed("ledger.absent")


@pytest.mark.slow
@pytest.mark.rule("P14-26")
def test_a_disability_card_goes_step_by_step_until_it_is_in_his_hand(cast: Cast) -> None:
    entry = an_entry(cast, card="unknown")
    row = keeping.a_help(cast, entry)
    who, url = cast.township, reverse("homeward:step", args=[row.public_id])
    submit_refused_leaving(
        who, url, {"step": "issued", "paper": "证号1"}, unchanged=lambda: _count(LedgerVisit)
    )
    for step in ("examined", "applied", "decided"):
        submits(who, url, {"step": step, "paper": "州医院诊断书"}, to="/ledger/")
        (duty,) = _owed("ledger.help")
        assert duty.due_at > NOON
    page = reverse("homeward:entry", args=[entry.public_id])
    does_not_see(page_for(who, page), "这一步已超时")
    with clock.frozen(duty.due_at + timedelta(days=1)):
        sees(page_for(who, page), "这一步已超时")
    submit_refused_leaving(
        who,
        url,
        {"step": "issued", "paper": ""},
        unchanged=lambda: len(_owed("ledger.help")),
        says="证件号",
    )
    sees(submits(who, url, {"step": "issued", "paper": "样证5226"}), "有残疾人证", "样证5226")
    assert not _owed("ledger.help")


@pytest.mark.rule("P1-72")
@pytest.mark.rule("P1-74")
def test_help_follows_the_cause_with_a_last_day_and_a_paper(cast: Cast) -> None:
    entry, who = an_entry(cast), cast.township
    url = _url("aid", entry)
    data = {"kind": "training", "body": "凯里市人社局", "paper": "建筑工培训班"}
    sees(submits(who, url, data, to="/ledger/"), "就业培训", "凯里市人社局", "和哥哥争吵后离家")
    submit_refused_leaving(
        who, url, data, unchanged=lambda: len(_owed("ledger.help")), says="已经在办"
    )
    assert len(_owed("ledger.help")) == 1


@pytest.mark.slow
def test_the_asking_station_learns_whom_to_call_and_nothing_else(cast: Cast) -> None:
    entry, case = keeping.found_again(cast)
    assert keeping.alerted(case) == 0
    alert = keeping.the_alert()
    assert (alert.owner_org, alert.keeper_org) == (STATION, TOWNSHIP)
    with scope.enter(scope.of_actor(cast.reception.actor)):
        assert not LedgerEntry.objects.exists()
    url = reverse("homeward:alert", args=[alert.public_id])
    page = page_for(cast.reception, url)
    sees(page, "三棵树镇社会事务办")
    does_not_see(page, "精神障碍", "和哥哥争吵", entry.number, "高风险", "陆干事")
    not_found_for(cast.outsider, cast.township, url=url)
    person = page_for(cast.reception, reverse("persons:detail", args=[case.person.public_id]))
    sees(person, "台账提醒：联系对方")
    submit_refused_leaving(
        cast.reception, url, {"answer": " "}, unchanged=lambda: len(_owed("ledger.alert"))
    )
    submits(cast.reception, url, {"answer": "已联系陆干事，明天来接"}, to="/ledger/alerts/")
    assert not _owed("ledger.alert")


def test_the_keeper_learns_where_he_is_and_the_risk_rises(cast: Cast) -> None:
    entry, _case = keeping.found_again(cast)
    (duty,) = _owed("ledger.returned")
    assert (duty.owner_org, duty.assignee) == (TOWNSHIP, cast.township.account)
    page = page_for(cast.township, _url("entry", entry))
    sees(page, "在凯里市救助管理站再次接受救助", "近期又接受救助")
    does_not_see(page, "灰大衣", "南桥")


def test_who_moved_goes_with_his_case_to_whoever_accepts_him(cast: Cast) -> None:
    entry, giver, taker = an_entry(cast), cast.township.actor, cast.station_head.actor
    with scope.enter(scope.of_actor(giver)):
        handover = ledger.offer_entry(
            actor=giver, at=NOON, entry=entry, to_org=STATION, reason="搬到凯里和妹妹住"
        )
    with scope.enter(scope.of_actor(taker)):
        accept_handover(actor=taker, at=NOON, handover=handover)
    with scope.system("a test looks"):
        entry.refresh_from_db()
    assert (entry.owner_org, entry.keeper) == (STATION, None)
    assert {duty.owner_org for duty in [*_owed("ledger.keeper"), *_owed("ledger.visit")]} == {
        STATION
    }


def test_the_end_of_an_entry_says_why_and_takes_everything_off(cast: Cast) -> None:
    entry, url = an_entry(cast), ""
    keeping.a_help(cast, entry)
    url = _url("end_entry", entry)
    data = {"why": "died", "words": "2026年11月8日病故，村委会证明"}
    submit_refused_leaving(
        cast.township, url, data | {"words": " "}, unchanged=lambda: len(_owed("ledger.visit"))
    )
    sees(submits(cast.township, url, data), "死亡", "村委会证明")
    assert not [*_owed("ledger.visit"), *_owed("ledger.help")]
    assert _count(LedgerAlert) == 0
