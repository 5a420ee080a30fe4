"""Organisations: who enters them, what is refused, what a change leaves behind."""

import pytest

from nuantu.accounts.models import Division, Organisation
from nuantu.core.models import JournalEntry
from tests.cast import BUREAU, COUNTY, STATION, TOWN, Cast
from tests.web import not_found_for, page_for, refused_for, submits

pytestmark = pytest.mark.django_db

NEW = {
    "code": "YY-522601-9",
    "name": "凯里九号医院",
    "kind": "hospital",
    "division": "522601",
    "parent": "",
    "phone": "0855-0000000",
    "hours": "24 小时",
}


def address(code: str, more: str = "") -> str:
    return f"/organisations/{Organisation.objects.get(code=code).public_id}/{more}"


def test_only_the_administrator_enters_and_changes_organisations(cast: Cast) -> None:
    refused_for(cast.nobody, cast.section_head, cast.outsider, url="/organisations/")
    refused_for(cast.nobody, cast.section_head, url="/organisations/new/", data=NEW)
    refused_for(cast.section_head, url=address(STATION), data=NEW)
    refused_for(cast.section_head, url=address(STATION, "state/"), data={})
    wrong = f"/organisations/{cast.admin.account.public_id}/"
    not_found_for(cast.admin, url=wrong)
    assert not Organisation.objects.filter(code=NEW["code"]).exists()
    assert Organisation.objects.get(code=STATION).is_active


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "凯里医院"}, "code"),
        ({"code": STATION}, "code"),
        ({"division": "999999"}, "division"),
        ({"division": "没有的县"}, "division"),
        ({"name": ""}, "name"),
        ({"kind": "shop"}, "kind"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    cast: Cast, wrong: dict[str, str], field: str
) -> None:
    page = cast.admin.browser().post("/organisations/new/", NEW | wrong)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "0855-0000000" in page.content.decode()


def test_a_new_organisation_stands_in_the_list_with_its_duty_phone(cast: Cast) -> None:
    """Its place may be said by name."""
    browser = cast.admin.browser()
    page = submits(browser, "/organisations/new/", NEW | {"division": "凯里市"})
    text = page.content.decode()
    assert "已登记 凯里九号医院" in text
    assert "0855-0000000" in text
    assert "24 小时" in text
    assert Organisation.objects.get(code=NEW["code"]).division_id == COUNTY


def test_a_name_that_several_places_have_is_asked_back_with_their_codes(cast: Cast) -> None:
    Division.objects.filter(code=TOWN).update(name="新州镇")
    page = cast.admin.browser().post("/organisations/new/", NEW | {"division": "新州镇"})
    assert page.status_code == 422
    assert TOWN in page.content.decode()
    assert "522622100000" in page.content.decode()


def test_a_change_keeps_the_code_and_says_before_and_after(cast: Cast) -> None:
    browser = cast.admin.browser()
    told = NEW | {"code": "XX-1", "name": "凯里市救助站", "kind": "station", "parent": BUREAU}
    submits(browser, address(STATION), told)
    row = Organisation.objects.get(code=STATION)
    assert (row.name, row.phone, row.parent_id) == ("凯里市救助站", "0855-0000000", BUREAU)
    line = JournalEntry.objects.get(verb="accounts.organisation.change")
    assert line.changes["columns"]["name"] == {
        "before": "凯里市救助管理站",
        "after": "凯里市救助站",
    }
    submits(browser, address(STATION), told)
    assert JournalEntry.objects.filter(verb="accounts.organisation.change").count() == 1


def test_no_organisation_stands_above_itself(cast: Cast) -> None:
    told = NEW | {"name": "凯里市民政局", "kind": "bureau", "parent": STATION}
    page = cast.admin.browser().post(address(BUREAU), told)
    assert page.status_code == 422
    assert "它自己或它的下级" in page.content.decode()


def test_one_with_open_accounts_is_not_closed_and_a_closed_one_comes_back(cast: Cast) -> None:
    browser = cast.admin.browser()
    page = submits(browser, address(STATION, "state/"), {})
    assert "还有使用中的账号" in page.content.decode()
    assert Organisation.objects.get(code=STATION).is_active
    submits(browser, "/organisations/new/", NEW)
    page = submits(browser, address("YY-522601-9", "state/"), {})
    assert "撤销" in page.content.decode()
    assert not Organisation.objects.get(code="YY-522601-9").is_active
    assert "凯里九号医院" not in page_for(browser, "/users/").content.decode()
    submits(browser, address("YY-522601-9", "state/"), {})
    assert Organisation.objects.get(code="YY-522601-9").is_active


def test_the_list_is_searched_by_name_code_and_place(cast: Cast) -> None:
    browser = cast.admin.browser()
    for words in ("凯里市救助", STATION, "南明区"):
        page = page_for(browser, f"/organisations/?q={words}")
        found = [row.code for row in page.context["page"].object_list]
        assert (STATION in found) == (words != "南明区")
    page = page_for(browser, "/organisations/?kind=police")
    assert [row.code for row in page.context["page"].object_list] == ["GA-522601"]
