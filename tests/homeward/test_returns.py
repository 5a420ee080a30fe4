"""Return plans in the database: who is refused, what is owed, what is never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.accounts.models import User
from nuantu.casework import services as casework
from nuantu.core import clock, scope
from nuantu.core.subjects import Subject
from nuantu.homeward.models.returns import ReturnCost, ReturnPlan
from nuantu.homeward.selectors import tickets
from nuantu.homeward.selectors.gates import gates_of
from nuantu.homeward.selectors.returns import same_on_board, url_of
from nuantu.homeward.selectors.sheets import is_signed_by_both, sheet_values
from nuantu.homeward.services import on_the_way, return_route, returns
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.homeward.services.on_the_way import Told
from nuantu.homeward.services.return_route import Bought
from nuantu.operations.models import Duty
from nuantu.papers.models import PaperSignature
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper, sign_on_screen
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Person
from nuantu.stays import services as stays
from tests import builders
from tests.casework import working
from tests.cast import Cast
from tests.homeward import returning
from tests.homeward.returning import a_part, a_return, does, ready_alone, under_way
from tests.homeward.wearing import NOON
from tests.stays import house
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


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _duties(plan: ReturnPlan) -> set[str]:
    with scope.system("a test looks at duties"):
        rows = Duty.objects.filter(subject_id=plan.public_id, state=Duty.State.OPEN)
        return set(rows.values_list("kind", flat=True))


def _scans() -> int:
    with scope.system("a test counts"):
        return PaperSignature.objects.count()


def _again(plan: ReturnPlan) -> ReturnPlan:
    with scope.system("a test looks again"):
        return ReturnPlan.objects.select_related("person").get(pk=plan.pk)


def test_the_kitchen_the_police_and_the_next_county_find_no_plan(cast: Cast) -> None:
    plan = a_return(cast)
    url = reverse("homeward:return", args=[plan.public_id])
    refused_for(cast.nobody, cast.kitchen, cast.police, url=reverse("homeward:returns"))
    not_found_for(cast.outsider, url=url)
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert not ReturnPlan.objects.exists()


def test_nobody_decides_on_danger_but_a_leader(cast: Cast) -> None:
    plan = a_return(cast)
    url = reverse("homeward:return_deed", args=[plan.public_id, "safety"])
    not_found_for(cast.reception, cast.tracing_officer, url=url)
    page_for(cast.leader, url)


def test_the_form_that_begins_says_whose_case_it_is_and_hides_who_is_hidden(cast: Cast) -> None:
    case = house.a_case_of(cast, name="样阿木")
    url = f"{reverse('homeward:return_new')}?case={case.number}"
    sees(page_for(cast.reception, url), "样阿木")
    does_not_see(page_for(cast.outsider, url), "样阿木")
    with scope.system("the record is restricted"):
        Person.objects.filter(pk=case.person_id).update(is_restricted=True, restricted_reason="样")
    page = page_for(cast.reception, url)
    sees(page, "受限记录")
    does_not_see(page, "样阿木")


@pytest.mark.rule("P1-12")
def test_without_word_that_he_is_stable_he_does_not_set_out(cast: Cast) -> None:
    plan = a_return(cast)
    with pytest.raises(HomewardRefused, match="病情稳定"):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    with pytest.raises(HomewardRefused, match="谁说病情稳定"):
        does(cast, returns.clear_return, plan, cleared_by=" ", words="好")
    ready_alone(cast, plan)
    does(cast, on_the_way.depart, plan, departed_at=NOON)
    assert (_again(plan).state, _duties(plan)) == ("under_way", {"return.arrive"})


def test_the_first_line_says_what_is_missing_and_the_main_button_does_it(cast: Cast) -> None:
    plan = a_return(cast)
    page, gone = page_for(cast.reception, url_of(plan.public_id)), "/depart/"
    sees(page, "出发前还差 2 项：病情稳定、行程", "button--primary")
    does_not_see(page, gone)
    ready_alone(cast, plan)
    sees(page_for(cast.reception, url_of(plan.public_id)), "各项都齐了，可以出发。", gone)


def test_a_mark_of_danger_after_the_decision_asks_anew(cast: Cast) -> None:
    case = house.a_case_of(cast, name="样阿木")
    plan = a_return(cast, case=case)
    ready_alone(cast, plan)
    actor = cast.reception.actor
    with pytest.raises(HomewardRefused, match="没有危险标记"):
        does(cast, returns.decide_safety, plan, key="leader", safety="go", words="问过")
    for minutes, code in ((1, "domestic_violence"), (3, "trafficked")):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            with scope.enter(scope.of_actor(actor)):
                persons.assign_classes(
                    actor=actor, at=clock.now(), case=case, codes=[code], source="本人说"
                )
            with pytest.raises(HomewardRefused, match="有危险标记"):
                does(cast, on_the_way.depart, plan, departed_at=NOON)
            with clock.frozen(NOON + timedelta(minutes=minutes + 1)):
                does(cast, returns.decide_safety, plan, key="leader", safety="go", words="单独问过")
    with clock.frozen(NOON + timedelta(minutes=5)):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    assert _again(plan).state == "under_way"


def test_relatives_do_not_fetch_an_adult_who_refused_them(cast: Cast) -> None:
    case = house.a_case_of(cast, name="样阿木")
    plan = a_return(cast, way="relatives", case=case)
    work = working.a_plan(cast, case)

    def says(answer: str, *reaches: str) -> None:
        asked = casework.Asked("own", answer, reaches, "儿子", "他说的")
        actor = cast.social_worker.actor
        with scope.enter(scope.of_actor(actor)):
            casework.ask_about_family(actor=actor, at=clock.now(), plan=work, asked=asked)

    says("refuses")
    with pytest.raises(HomewardRefused, match="不联系家里人"):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    with clock.frozen(NOON + timedelta(minutes=1)):
        says("agrees", "fetch")
    with pytest.raises(HomewardRefused) as refused:
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    assert "不联系家里人" not in str(refused.value)


def test_a_refusal_is_told_to_the_department_by_province(cast: Cast) -> None:
    plan = a_return(cast, way="relatives")
    does(cast, returns.refuse_taking, plan, words="儿子电话里说不管")
    with scope.system("a test looks"):
        duty = Duty.objects.get(subject_id=plan.public_id)
        assert "省级民政部门" in duty.title
        assert duty.basis.startswith("实施细则 第11条")
    does(cast, returns.refuse_taking, plan, words="女儿也不管")
    assert _duties(plan) == {"return.notify"}
    does(cast, returns.put_taker, plan, taker=returns.Taker("样阿芳", "女儿"))
    assert _duties(plan) == set()


@pytest.mark.slow
def test_leaving_the_station_asks_the_plan_and_sets_him_on_his_way(cast: Cast) -> None:
    stay = house.a_stay_in_bed(cast)
    with scope.system("a test looks"):
        case = Case.objects.select_related("person").get(case_id=stay.case_id)
    plan = a_return(cast, case=case)
    actor = cast.reception.actor
    out, said = stays.WayOut("self", is_declared=True), {"notices": "无匹配"}
    refused = pytest.raises(stays.LeavingRefused, match="返乡计划")
    with scope.enter(scope.of_actor(actor)), refused:
        stays.leave(actor=actor, at=NOON, stay=stay, out=out, confirmed=said)
    ready_alone(cast, plan)
    with pytest.raises(HomewardRefused, match="先在“在站”办理离站"):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    with scope.enter(scope.of_actor(actor)):
        stays.leave(actor=actor, at=NOON, stay=stay, out=out, confirmed=said)
    with scope.system("a job sets him on his way"):
        stay.refresh_from_db()
        assert on_the_way.set_out(at=NOON, stay=stay)
        assert not on_the_way.set_out(at=NOON, stay=stay)
    assert _again(plan).state == "under_way"


@pytest.mark.rule("P9-34")
def test_a_return_that_an_epidemic_halts_does_not_leave_until_somebody_lifts_it(cast: Cast) -> None:
    plan = a_return(cast)
    ready_alone(cast, plan)
    with pytest.raises(HomewardRefused, match="依据"):
        does(cast, returns.halt_return, plan, halt="epidemic", words=" ")
    does(cast, returns.halt_return, plan, halt="epidemic", words="州疫情防控通告第5号")
    with pytest.raises(HomewardRefused, match="疫情防控限制返乡"):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    does(cast, returns.lift_halt, plan, words="通告解除")
    does(cast, on_the_way.depart, plan, departed_at=NOON)


def test_nobody_escorts_two_at_once(cast: Cast) -> None:
    first, second = a_return(cast, way="escorted"), a_return(cast, way="escorted")
    with pytest.raises(HomewardRefused, match="先安排行程"):
        does(cast, return_route.add_escort, first, name="吴护送", sex="male")
    too_early = "先安排行程，再安排护送人员。"
    form = reverse("homeward:return_deed", args=[first.public_id, "escort"])
    sees(page_for(cast.reception, form), too_early, "/leg/")
    page = page_for(cast.reception, url_of(first.public_id))
    sees(page, too_early)
    does_not_see(page, form.removesuffix("escort/") + 'escort/">安排护送人员</a></div>')
    for plan in (first, second):
        does(cast, return_route.add_leg, plan, part=a_part())
    with scope.system("a test looks"):
        user = User.objects.filter(organisation_id=first.owner_org).order_by("pk")[0]
    made = does(cast, return_route.add_escort, first, name="", sex="male", user=user)
    with pytest.raises(HomewardRefused, match="同一时间已经安排护送别人"):
        does(cast, return_route.add_escort, second, name="", sex="male", user=user)
    does(cast, return_route.drop_escort, first, escort=made)
    does(cast, return_route.add_escort, second, name="", sex="male", user=user)


def test_a_way_before_the_case_is_refused_and_one_already_travelled_is_kept(cast: Cast) -> None:
    plan = a_return(cast)
    with pytest.raises(HomewardRefused, match="早于个案"):
        does(cast, return_route.add_leg, plan, part=a_part(start=clock.now() - timedelta(days=400)))
    leg = does(
        cast, return_route.add_leg, plan, part=a_part(start=clock.now() - timedelta(minutes=1))
    )
    assert leg.leaves_at < clock.now()


def test_a_ticket_is_bought_handed_out_and_refunded_once_and_its_cost_follows(cast: Cast) -> None:
    plan = a_return(cast)
    leg = does(cast, return_route.add_leg, plan, part=a_part())
    with pytest.raises(HomewardRefused, match="不能这样登记"):
        does(cast, return_route.put_ticket, plan, leg=leg, bought=Bought("handed"))
    with pytest.raises(HomewardRefused, match="票号"):
        does(cast, return_route.put_ticket, plan, leg=leg, bought=Bought("bought", "", 8850))
    does(cast, return_route.put_ticket, plan, leg=leg, bought=Bought("bought", "E1", 8850))
    with pytest.raises(HomewardRefused, match="票还没有退"):
        does(cast, return_route.drop_leg, plan, leg=leg)
    with pytest.raises(HomewardRefused, match="没退的车船票"):
        does(cast, returns.call_off, plan, words="本人改主意")
    with scope.system("a test looks"):
        assert ReturnCost.objects.get().amount_fen == 8850
    does(cast, return_route.put_ticket, plan, leg=leg, bought=Bought("refunded"))
    does(cast, return_route.drop_leg, plan, leg=leg)
    does(cast, returns.call_off, plan, words="本人改主意")
    with scope.system("a test looks"):
        assert not ReturnCost.objects.exists()
    assert _again(plan).state == "called_off"


def test_two_of_one_name_on_one_train_are_told_apart(cast: Cast) -> None:
    start = NOON + timedelta(hours=2)
    first, second = a_return(cast), a_return(cast)
    for plan in (first, second):
        does(cast, return_route.add_leg, plan, part=a_part("k9064", start))
    with scope.system("a test looks"):
        legs = list(first.legs.all())
        (other,) = same_on_board(first, legs, NOON)
        assert other.number == second.number
    page = page_for(cast.reception, reverse("homeward:return", args=[first.public_id]))
    sees(page, "同名的人坐同一班 K9064", second.number)
    with scope.system("one record is restricted"):
        Person.objects.filter(pk=second.person_id).update(
            is_restricted=True, restricted_reason="样例"
        )
    for shown, told in ((first, second), (second, first)):
        page = page_for(cast.reception, reverse("homeward:return", args=[shown.public_id]))
        sees(page, "另一名旅客坐同一班 K9064", told.number)
        does_not_see(page, "同名")


def test_a_warning_about_a_restricted_traveller_does_not_depend_on_his_name(cast: Cast) -> None:
    start = NOON + timedelta(hours=2)
    first, other = a_return(cast), a_return(cast, case=house.a_case_of(cast, name="样阿水"))
    for plan in (first, other):
        does(cast, return_route.add_leg, plan, part=a_part("k9064", start))
    with scope.system("a test looks"):
        legs = list(first.legs.all())
        assert same_on_board(first, legs, NOON) == []
        Person.objects.filter(pk=other.person_id).update(
            is_restricted=True, restricted_reason="样例"
        )
        (told,) = same_on_board(first, legs, NOON)
    assert (told.is_named, told.number) == (False, other.number)


def test_who_is_not_heard_of_raises_one_alarm_for_the_leader_on_duty(cast: Cast) -> None:
    plan = under_way(cast)
    late = NOON + timedelta(hours=9, minutes=1)
    with clock.frozen(late), scope.system("the job looks"):
        assert on_the_way.watch_returns(at=NOON + timedelta(hours=8)) == 0
        assert on_the_way.watch_returns(at=late) == 1
        assert on_the_way.watch_returns(at=late) == 0
    assert _duties(plan) == {"return.arrive", "return.alarm"}
    with clock.frozen(late):
        with pytest.raises(HomewardRefused, match="谁、用什么方式"):
            does(cast, on_the_way.arrive, plan, arrived_at=late, heard="phone", heard_of="")
        does(cast, on_the_way.arrive, plan, arrived_at=late, heard="phone", heard_of="女儿 样阿芳")
    assert (_again(plan).state, _duties(plan)) == ("arrived", set())


def test_who_runs_away_on_the_train_is_searched_and_police_are_told(cast: Cast) -> None:
    plan = under_way(cast)
    told = Told("ran_away", NOON, "在玉屏站下车没有回来", "玉屏站")
    with pytest.raises(HomewardRefused, match="哪个公安机关"):
        does(cast, on_the_way.put_event, plan, told=told)
    told = Told("ran_away", NOON, told.words, told.place, "玉屏车站派出所 样警官")
    does(cast, on_the_way.put_event, plan, told=told)
    assert (_again(plan).state, "return.next" in _duties(plan)) == ("lost", True)
    does(cast, on_the_way.put_event, plan, told=Told("ill", NOON, "走失前发烧"))
    with clock.frozen(NOON + timedelta(hours=1)):
        found = Told("found", clock.now(), "站台上找到")
        does(cast, on_the_way.put_event, plan, told=found)
    assert _again(plan).state == "under_way"
    with scope.system("a test looks"):
        open_ones = Duty.objects.filter(subject_id=plan.public_id, state=Duty.State.OPEN)
        titles = open_ones.filter(kind="return.next").values_list("title", flat=True)
        assert [title[:4] for title in titles] == ["途中患病"]


def test_a_family_that_is_not_at_the_station_and_a_wrong_address_are_owed_a_next_step(cast: Cast) -> None:  # fmt: skip
    plan = under_way(cast)
    for event in ("no_family", "wrong_address", "ill"):
        with pytest.raises(HomewardRefused, match="请写经过"):
            does(cast, on_the_way.put_event, plan, told=Told(event, NOON))
        does(cast, on_the_way.put_event, plan, told=Told(event, NOON, "列车员电话"))
    with scope.system("a test looks"):
        rows = Duty.objects.filter(subject_id=plan.public_id, kind="return.next")
        assert rows.count() == 3


@pytest.mark.rule("P1-62")
def test_a_sheet_signed_on_one_side_only_stays_owed(cast: Cast) -> None:
    plan = a_return(cast, way="escorted")
    returning.escorted(cast, plan)
    does(cast, on_the_way.depart, plan, departed_at=NOON)
    assert "return.sheet" in _duties(plan)
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        held = _again(plan)
        kind, values = kinds()["escort_handover"], sheet_values(actor, held, NOON)
        paper = issue_paper(actor=actor, at=NOON, kind=kind, subject=held, values=values)
        sign_on_screen(
            actor=actor,
            at=NOON,
            paper=paper,
            slot="giver_signature",
            drawn=builders.drawn(),
            version=1,
        )
    with scope.system("the job looks"):
        on_the_way.watch_returns(at=NOON)
        assert not is_signed_by_both(plan.public_id)
    assert "return.sheet" in _duties(plan)
    with scope.enter(scope.of_actor(actor)):
        sign_on_screen(
            actor=actor, at=NOON, paper=paper, slot="receiver_signature", drawn=builders.drawn(), version=1
        )  # fmt: skip
    with scope.system("the job looks"):
        on_the_way.watch_returns(at=NOON)
    assert "return.sheet" not in _duties(plan)


@pytest.mark.slow
def test_a_scan_counts_for_the_sides_that_signed_on_it_whenever_it_is_read_in(cast: Cast) -> None:
    plan = a_return(cast, way="escorted")
    returning.escorted(cast, plan)
    does(cast, on_the_way.depart, plan, departed_at=NOON)
    actor, kind = cast.station_head.actor, kinds()["escort_handover"]
    with scope.enter(scope.of_actor(actor)):
        held = _again(plan)
        values = sheet_values(actor, held, NOON)
        paper = issue_paper(actor=actor, at=NOON, kind=kind, subject=held, values=values)
    url = reverse("papers:scan", args=[paper.public_id])
    does(cast, on_the_way.arrive, plan, arrived_at=NOON, heard="phone", heard_of="样站长")
    submit_refused_leaving(
        cast.station_head, url, {"upload": house.a_photo(), "version": 1}, unchanged=_scans
    )
    for side, is_done in (("giver_signature", False), ("receiver_signature", True)):
        said = {"upload": house.a_photo(), "version": 1, "places": [side]}
        submits(cast.station_head, url, said, to=f"/papers/{paper.public_id}")
        with scope.system("a test looks"):
            assert is_signed_by_both(plan.public_id) is is_done


def test_the_gates_stand_at_the_top_in_words(cast: Cast) -> None:
    plan = a_return(cast, way="escorted", sex="female")
    page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
    sees(page, "还没有医务人员说病情稳定", "护送人数", "还差 2 人", "女性护送人员", "还差 1 人")
    with scope.system("a test looks"):
        assert Subject("return", plan.public_id).kind == "return"
        assert len(gates_of(_again(plan), NOON)) == 8


def test_the_address_is_read_for_a_purpose_only(cast: Cast) -> None:
    plan = a_return(cast)
    url = reverse("homeward:return", args=[plan.public_id])
    does_not_see(page_for(cast.reception, url), "桥江镇")
    data = {"purpose": "买票要核对地址"}
    submits(cast.reception, reverse("homeward:return_open", args=[plan.public_id]), data, to=url)
    sees(page_for(cast.reception, url), "桥江镇")
    does_not_see(page_for(cast.leader, url), "桥江镇")


def test_of_a_restricted_record_the_page_does_not_name_who_takes_him_over(cast: Cast) -> None:
    case = house.a_case_of(cast, sex="female", name="样阿花")
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        persons.assign_classes(
            actor=actor, at=NOON, case=case, codes=["domestic_violence"], source="本人说"
        )
    plan = a_return(cast, way="relatives", case=case)
    does(cast, returns.put_taker, plan, taker=returns.Taker("样阿强", "丈夫"))
    page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
    does_not_see(page, "样阿强", "样阿花")
    sees(page, "有危险标记")


def test_a_form_about_somebody_says_whose_it_is_and_no_name_that_is_hidden(cast: Cast) -> None:
    plan = a_return(cast)
    url = reverse("homeward:return_deed", args=[plan.public_id, "arrive"])
    sees(page_for(cast.reception, url), plan.person.called_as)
    with scope.system("a test hides the record"):
        type(plan.person).objects.filter(pk=plan.person_id).update(
            is_restricted=True, restricted_reason="家庭暴力"
        )
    page = page_for(cast.reception, url)
    sees(page, "受限记录")
    does_not_see(page, plan.person.called_as)


def test_a_year_too_many_is_refused_where_it_was_typed(cast: Cast) -> None:
    plan, later = a_return(cast), clock.now() + timedelta(days=365)
    with pytest.raises(HomewardRefused, match="请核对年份") as told:
        does(cast, return_route.add_leg, plan, part=a_part(due_at=later))
    assert told.value.field == "due_at"
    with pytest.raises(HomewardRefused, match="早于个案开始"):
        does(cast, on_the_way.depart, plan, departed_at=clock.now() - timedelta(days=365))


@pytest.mark.slow
def test_every_ticket_of_the_period_stands_with_its_stage_and_its_payer(cast: Cast) -> None:
    url, first = reverse("homeward:tickets"), under_way(cast)
    second = a_return(cast, case=house.a_case_of(cast, name="样阿水"))
    leg = does(cast, return_route.add_leg, second, part=a_part("K1"))
    bought = Bought("bought", "V777", 1200, "home")
    does(cast, return_route.put_ticket, second, leg=leg, bought=bought)
    refused_for(cast.kitchen, url=url)
    does_not_see(page_for(cast.outsider, url), first.number)
    sees(page_for(cast.reception, url), "E123456", "88.50", "已交本人", "V777", "流出地")
    with clock.frozen(NOON + timedelta(hours=2)):
        sees(page_for(cast.reception, url, language="en"), "Not used, to be refunded", "Used")
        used = page_for(cast.reception, f"{url}?stage=used")
        sees(used, "E123456")
        does_not_see(used, "V777")
        sees(page_for(cast.reception, f"{url}?since=2020-01-01&until=2020-02-01"), "没有符合的票")
        does(cast, return_route.put_ticket, second, leg=leg, bought=Bought("refunded"))
        sees(page_for(cast.reception, f"{url}?q=V777"), "已退", "12")
        exported = cast.leader.browser().get(reverse("homeward:ticket_export"))
    assert exported["Content-Type"].startswith("application/vnd.openxml")


def test_a_ticket_of_a_departure_after_he_ran_away_is_not_used(cast: Cast) -> None:
    plan, later = a_return(cast), NOON + timedelta(hours=9)
    returning.cleared(cast, plan)
    there = "怀化市救助站 0745-0000000"
    parts = {
        "E1": a_part(station_words=there),
        "E2": a_part("K2", later, origin="怀化", goal="溆浦"),
    }
    for number, part in parts.items():
        leg = does(cast, return_route.add_leg, plan, part=part)
        for bought in (Bought("bought", number, 900), Bought("handed")):
            does(cast, return_route.put_ticket, plan, leg=leg, bought=bought)
    does(cast, on_the_way.depart, plan, departed_at=NOON)
    with clock.frozen(NOON + timedelta(hours=3)):
        told = Told("ran_away", clock.now(), "没有回来", "玉屏站", "玉屏车站派出所")
        does(cast, on_the_way.put_event, plan, told=told)
    with clock.frozen(later + timedelta(hours=1)), scope.system("a test looks"):
        wanted = tickets.Filters("", "", "", NOON.date(), NOON.date())
        stages = {one.ticket_number: vars(one)["stage"] for one in tickets.tickets(wanted, clock.now())}  # fmt: skip
    assert stages == {"E1": "used", "E2": "unused"}


@pytest.mark.rule("S1-21")
def test_whoever_lost_everything_in_a_disaster_is_sent_home_at_the_cost_of_the_place(
    cast: Cast,
) -> None:
    case, actor = house.a_case_of(cast, name="样阿水"), cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        persons.assign_classes(
            actor=actor, at=NOON, case=case, codes=["disaster_victim"], source="山洪冲走财物"
        )
    plan = a_return(cast, case=case)
    does(cast, returns.halt_return, plan, halt="road", words="县道塌方")
    ready_alone(cast, plan)
    with pytest.raises(HomewardRefused, match="道路或车次中断"):
        does(cast, on_the_way.depart, plan, departed_at=NOON)
    does(cast, returns.lift_halt, plan, words="已抢通")
    does(cast, on_the_way.depart, plan, departed_at=NOON)
    with scope.system("a test looks"):
        paid = ReturnCost.objects.get(plan=plan)
    assert (paid.payer, paid.amount_fen, _again(plan).state) == ("here", 8850, "under_way")
