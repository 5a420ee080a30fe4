"""Settlement: who may not be settled, the order of the steps, returns, and what happens when he is known after all."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.homeward.models import Settlement
from nuantu.homeward.rules.settling import ORDER, answers_to, fits_the_place, following, is_fresh
from nuantu.homeward.selectors.settling_paper import application_values
from nuantu.homeward.services import settling as services
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper
from nuantu.papers.selectors.kinds import kinds
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.services import add_fact
from tests.cast import BUREAU, STATION, Cast
from tests.homeward import settling
from tests.homeward.settling import NOON, a_settlement, step
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
    "assigned_name": "凯安民",
    "assigned_birth_date": "1976-05-08",
    "naming": "站务会决定",
    "placed": "welfare",
    "house": "凯里市社会福利院",
}
STEP = {"answer": "done", "paper": "样函〔2026〕7号", "done_date": "2026-11-09"}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _count() -> int:
    with scope.system("a test counts"):
        return Settlement.objects.count()


def _owed(kind: str = "settlement.step") -> list[Duty]:
    with scope.system("a test looks"):
        return list(Duty.objects.filter(kind=kind, state=Duty.State.OPEN).order_by("pk"))


def _url(name: str, row: Settlement) -> str:
    return reverse(f"homeward:{name}", args=[row.public_id])


def test_the_order_is_report_approval_registration_assistance() -> None:
    assert [following(one) for one in ORDER] == [*ORDER[1:], ""]
    assert answers_to("compare") == ("done", "hit")
    assert answers_to("letter") == ("done",)
    assert fits_the_place(17, "children", 18)
    assert not fits_the_place(17, "welfare", 18)
    assert not fits_the_place(18, "children", 18)
    assert is_fresh(NOON.date() - timedelta(days=180), NOON.date(), 180)
    assert not is_fresh(NOON.date() - timedelta(days=181), NOON.date(), 180)


def test_nobody_is_settled_before_the_term_or_when_he_is_known(cast: Cast) -> None:
    stay = settling.stranded(cast, entered=NOON - timedelta(days=60))
    who, url = cast.tracing_officer, reverse("homeward:settle", args=[stay.public_id])
    page = submit_refused_leaving(who, url, TYPED, unchanged=_count, says="滞留还没有满期")
    sees(page, "凯安民")
    does_not_see(page_for(who, reverse("homeward:settlements")), "可以提出落户的人")
    refused_for(cast.nobody, cast.kitchen, cast.reception, url=reverse("homeward:settlements"))
    not_found_for(cast.outsider, url=url)


@pytest.mark.slow
@pytest.mark.rule("P1-68")
def test_whoever_is_stranded_for_long_is_reported_with_a_name_that_has_its_reason(
    cast: Cast,
) -> None:
    stay, who = settling.stranded(cast), cast.tracing_officer
    sees(page_for(who, reverse("homeward:settlements")), "可以提出落户的人", "185")
    url = reverse("homeward:settle", args=[stay.public_id])
    form = page_for(who, url)
    sees(
        form, str(stay.person), stay.number, '<option value="" selected>请选择', "不满18周岁的只能"
    )
    for without, says in (
        ({"placed": ""}, "凯安民"),
        ({"naming": " "}, "凯安民"),
        ({"placed": "children"}, "成年人不安置在那里"),
        ({"assigned_birth_date": "2030-01-01"}, "出生日期不对"),
    ):
        submit_refused_leaving(who, url, TYPED | without, unchanged=_count, says=says)
    submits(who, url, TYPED, to="/settlements/")
    with scope.system("a test looks"):
        row = Settlement.objects.get()
        assert not PersonFact.objects.filter(value="凯安民").exists()
    step(cast, row)
    step(cast, row)
    (duty,) = _owed()
    assert (row.step, duty.owner_org) == ("review", BUREAU)
    not_found_for(cast.tracing_officer, url=_url("settlement_step", row))
    submits(cast.section_head, _url("settlement_step", row), STEP, to="/settlements/")
    sees(
        submits(cast.section_head, _url("settlement_step", row), STEP, to="/settlements/"),
        "安置方案报同级政府",
        "样函〔2026〕7号",
    )


@pytest.mark.slow
def test_what_the_government_returns_is_mended_and_sent_again(cast: Cast) -> None:
    row = a_settlement(cast)
    for _turn in range(4):
        step(cast, row)
    url, data = _url("settlement_step", row), STEP | {"answer": "returned"}
    submit_refused_leaving(
        cast.section_head, url, data, unchanged=lambda: row.steps.count(), says="退回的理由"
    )
    sees(
        submits(cast.section_head, url, data | {"words": "缺骨龄鉴定原件"}),
        "缺骨龄鉴定原件",
        "安置方案报同级政府",
    )
    step(cast, row)
    assert row.step == "approve"


@pytest.mark.slow
@pytest.mark.rule("P1-69")
def test_police_register_after_the_approval_and_on_a_fresh_comparison(cast: Cast) -> None:
    row = settling.approved(cast)
    assert row.step == "register"
    url, who = _url("settlement_step", row), cast.tracing_officer
    submit_refused_leaving(who, url, STEP, unchanged=_count, says="请写集体户编号")
    data = STEP | {"household": "福利院集体户1", "id_number": "52260119760508001X"}
    with clock.frozen(settling.days_later(200)):
        late = data | {"done_date": "2027-05-28"}
        submit_refused_leaving(who, url, late, unchanged=_count, says="以免重复落户")
    page = submits(who, url, data, to="/settlements/")
    sees(page, "身份号码已加密保存", "福利院集体户1")
    does_not_see(page, "52260119760508001X")


@pytest.mark.slow
@pytest.mark.rule("P1-70")
def test_assistance_and_insurance_follow_the_registration(cast: Cast) -> None:
    row = settling.approved(cast)
    step(cast, row, household="福利院集体户1")
    (duty,) = _owed()
    assert (row.step, duty.basis_rule, duty.owner_org) == ("benefits", "P1-70", STATION)
    url = _url("settlement_step", row)
    submit_refused_leaving(cast.tracing_officer, url, STEP, unchanged=_count, says="至少选一项")
    submits(cast.tracing_officer, url, STEP | {"benefits": ["tekun", "insurance"]})
    with scope.system("a test looks"):
        row.refresh_from_db()
    assert (row.state, row.benefits, _owed()) == ("settled", ["tekun", "insurance"], [])


@pytest.mark.slow
def test_a_hit_of_the_comparison_and_two_families_wait_for_the_check(cast: Cast) -> None:
    row = a_settlement(cast)
    step(cast, row, "hit", words="DNA库有一人相近")
    assert (row.state, _owed()) == ("halted", [])
    who = cast.tracing_officer
    submits(who, _url("settlement_go_on", row), {"words": "复核排除"}, to="/settlements/")
    step(cast, row)
    words = {"words": "两家同时认领，等DNA比对"}
    sees(submits(who, _url("settlement_halt", row), words), "两家同时认领")
    with (
        scope.enter(scope.of_actor(who.actor)),
        pytest.raises(HomewardRefused, match="不能这样办"),
    ):
        services.take_step(actor=who.actor, at=NOON, row=row, told=settling.told())


@pytest.mark.slow
def test_of_two_families_the_right_one_ends_the_settlement_and_the_offices_are_told(
    cast: Cast,
) -> None:
    row, who = a_settlement(cast), cast.tracing_officer
    for _turn in ("compare", "letter"):
        step(cast, row)
    words = {"words": "凯里、麻江两家同时认领，都采血比对"}
    submits(who, _url("settlement_halt", row), words, to="/settlements/")
    refused_for(cast.section_head, url=_url("settlement_go_on", row))
    assert (_owed(), _identify(cast, row)) == ([], 1)
    with scope.system("a test looks"):
        row.refresh_from_db()
    assert (row.state, row.ended_why) == ("ended", "identified")
    assert len(_owed("settlement.tell")) == 1
    page = page_for(who, _url("settlement", row))
    sees(page, "落户安置暂停核查", "麻江两家同时认领", "查明身份")


def _identify(cast: Cast, row: Settlement) -> int:
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        case = Case.objects.select_related("person").get(case_id=row.case_id)
        add_fact(
            actor=actor,
            at=NOON,
            person=case.person,
            case=case,
            kind="name",
            value="样阿明",
            certainty="verified",
            source="公安回函",
        )
    return services.look_again(at=NOON, person=case.person)


def test_who_is_identified_before_the_registration_is_settled_no_longer(cast: Cast) -> None:
    row = a_settlement(cast)
    step(cast, row)
    step(cast, row)
    assert _identify(cast, row) == 1
    assert services.look_again(at=NOON, person=row.person) == 0
    with scope.system("a test looks"):
        row.refresh_from_db()
    assert (row.state, row.ended_why, _owed()) == ("ended", "identified", [])
    assert len(_owed("settlement.tell")) == 1


@pytest.mark.slow
def test_who_is_identified_after_it_keeps_his_benefits_until_the_registration_is_corrected(
    cast: Cast,
) -> None:
    row = settling.registered(cast)
    assert _identify(cast, row) == 1
    with scope.system("a test looks"):
        row.refresh_from_db()
    assert (row.state, row.step, row.benefits) == ("reopened", "undo", ["tekun", "insurance"])
    step(cast, row, words="户口已注销，原籍恢复")
    assert (row.state, row.ended_why) == ("ended", "corrected")


def test_who_leaves_or_dies_is_not_registered(cast: Cast) -> None:
    row = a_settlement(cast)
    with scope.system("a test looks"):
        stay = row.stay
    assert services.left(at=NOON, stay=stay) == 1
    assert services.left(at=NOON, stay=stay) == 0
    data = {"why": "died", "words": "2026年11月8日在州医院病故"}
    sees(submits(cast.tracing_officer, _url("settlement_end", row), data), "死亡", "病故")
    assert _owed() == []


@pytest.mark.slow
def test_what_was_searched_and_asked_stands_by_name_on_the_page_and_in_the_application(
    cast: Cast,
) -> None:
    row, who = settling.approved(cast), cast.tracing_officer
    settling.searched(cast, row)
    issue = _url("settlement_application", row)
    refused_for(cast.section_head, cast.reception, url=issue)
    with clock.frozen(NOON + timedelta(minutes=1)):
        page = page_for(who, _url("settlement", row))
        page_for(who, _url("settlement", row))
    sees(page, "看证件和随身物品", "凯里市公安局", "没有查到")
    does_not_see(page, "documents")
    with scope.system("a test counts"):
        assert JournalEntry.objects.filter(verb="homeward.settlement.read").count() == 1
    sees(submits(who, issue, {}, to="/papers/"), "落户")
    step(cast, row, household="福利院集体户1")
    submits(who, issue, {}, to="/papers/")
    with scope.system("a test looks"):
        assert Paper.objects.get(kind="settlement_case").version == 2
        values = application_values(who.actor, Settlement.objects.get(pk=row.pk), NOON)
    assert set(values) >= {one.code for one in kinds()["settlement_case"].contents}
    assert values["stranded_date"] == "2026年05月08日"
    assert values["term_end"] == "2026年08月08日"
    assert values["approved"] == "2026年11月09日，同意安置，样函〔2026〕7号"
    assert "'matter': '人像比对', 'body': '凯里市公安局'" in str(values["asked"])


@pytest.mark.slow
def test_the_exported_list_tells_no_number_of_a_card(cast: Cast) -> None:
    url = reverse("homeward:settlement_export")
    refused_for(cast.tracing_officer, cast.kitchen, url=url)
    settling.registered(cast)
    book = load_workbook(BytesIO(cast.station_head.browser().get(url).content))
    lines = book.worksheets[0].iter_rows(values_only=True)
    cells = [str(cell) for line in lines for cell in line]
    assert {"已落户", "凯安民", "凯里市社会福利院", "特困供养、医疗保险"} <= set(cells)
    assert "52260119760508001X" not in cells
