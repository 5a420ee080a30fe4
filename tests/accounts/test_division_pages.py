"""A newer table of divisions by page: faults named, a look first, a job that can be found again."""

import csv

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.models import Division, DivisionImport, User
from nuantu.accounts.rules.division_files import as_csv, faults_in
from nuantu.accounts.services import division_imports
from nuantu.core import clock
from nuantu.core.models import JournalEntry
from tests.cast import COUNTY, TOWN, Cast
from tests.web import not_found_for, page_for, refused_for, submits

NEWER = (
    "code,name\n520000000000,贵州省\n522600000000,黔东南苗族侗族自治州\n522601000000,凯里市\n"
    "522622000000,黄平县\n522601100000,三棵树新镇\n522601002000,大十字街道\n522622100000,新州镇\n"
    "522601110000,新设镇\n520100000000,贵阳市\n"
)
JUNK = ("", "\x00\x01", NEWER + "522601120000,新\x00镇\n", "[1, 2]", "[{", "[" * 90_000, "a;b\n1;2")


def upload(text: str, name: str = "2026.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, text.encode()), "edition": "2026-06-30"}


def run_the_job(row: DivisionImport) -> None:
    division_imports.advance_import(at=clock.now(), row=DivisionImport.objects.get(pk=row.pk))


@pytest.mark.django_db
def test_only_the_administrator_imports(cast: Cast) -> None:
    refused_for(cast.nobody, cast.section_head, cast.outsider, url="/divisions/")
    refused_for(cast.section_head, url="/divisions/", data=upload(NEWER))
    not_found_for(cast.admin, url=f"/divisions/{cast.admin.account.public_id}/")
    assert not DivisionImport.objects.exists()


@pytest.mark.django_db
def test_an_administrator_of_a_part_looks_and_does_not_import(cast: Cast) -> None:
    """The table is one for all: whoever is not over every administrator is told who is beyond him."""
    submits(cast.admin, "/divisions/", upload(NEWER))
    row = DivisionImport.objects.get()
    User.objects.filter(login="outsider").update(roles=["admin"])
    page = cast.outsider.browser().post("/divisions/", upload(NEWER))
    assert page.status_code == 422
    assert "州民政信息中心" in page.content.decode()
    submits(cast.outsider, f"/divisions/{row.public_id}/", {"typed": "2026-06-30"})
    assert DivisionImport.objects.get().state == "draft"
    assert 'type="file"' not in page_for(cast.outsider, "/divisions/").content.decode()


@pytest.mark.django_db
def test_each_line_that_fails_is_named_with_its_reason(cast: Cast) -> None:
    wrong = "code,name\n52260,凯里\n522601000000,\n522622000000,黄平县\n522622000000,黄平\n"
    page = cast.admin.browser().post("/divisions/", upload(wrong))
    assert page.status_code == 422
    text = page.content.decode()
    for said in ("52260<", "不是 2、4、6、9 或 12 位", "名称是空的", "出现了两次"):
        assert said in text, said
    assert not DivisionImport.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("junk", JUNK)
def test_what_is_no_table_is_refused_in_words(cast: Cast, junk: str) -> None:
    page = cast.admin.browser().post("/divisions/", upload(junk))
    assert page.status_code == 422
    assert not DivisionImport.objects.exists()


@pytest.mark.django_db
def test_a_look_at_a_table_that_a_newer_one_overtook_says_so(cast: Cast) -> None:
    cast.admin.browser().post("/divisions/", upload(NEWER))
    row = DivisionImport.objects.get()
    Division.objects.filter(code=COUNTY).update(valid_from="2027-01-01")
    page = cast.admin.browser().get(f"/divisions/{row.public_id}/", follow=True)
    assert "旧，没有导入" in page.content.decode()


@pytest.mark.django_db
def test_a_look_changes_nothing_and_shows_what_would(cast: Cast) -> None:
    page = submits(cast.admin, "/divisions/", upload(NEWER), to="/divisions/")
    text = page.content.decode()
    assert "522601110000 新设镇" in text
    assert "三棵树镇 → 三棵树新镇" in text
    assert "520102000000" not in text or "撤销代码" in text
    assert Division.objects.get(code=TOWN).name == "三棵树镇"
    assert DivisionImport.objects.get().state == "draft"


@pytest.mark.slow
@pytest.mark.django_db
def test_it_is_confirmed_by_its_day_and_the_job_says_how_far_it_is(cast: Cast) -> None:
    browser = cast.admin.browser()
    submits(browser, "/divisions/", upload(NEWER))
    row = DivisionImport.objects.get()
    address = f"/divisions/{row.public_id}/"
    submits(browser, address, {"typed": "yes"})
    assert DivisionImport.objects.get().state == "draft"

    assert "排队中" in submits(browser, address, {"typed": "2026-06-30"}).content.decode()
    run_the_job(row)
    halfway = page_for(browser, address).content.decode()
    assert "正在导入" in halfway
    assert 'value="50"' in halfway
    run_the_job(row)
    done = page_for(browser, address).content.decode()
    assert "已完成" in done
    assert "100%" in done
    assert Division.objects.get(code=TOWN).name == "三棵树新镇"
    line = JournalEntry.objects.get(verb="accounts.division.import")
    assert (line.actor_name, line.actor_org) == ("管管理", "XT-5226")

    run_the_job(row)
    assert JournalEntry.objects.filter(verb="accounts.division.import").count() == 1
    again = submits(browser, address, {"typed": "2026-06-30"}).content.decode()
    assert "已经确认过" in again


@pytest.mark.django_db
def test_an_import_that_cannot_be_done_says_why_and_changes_nothing(cast: Cast) -> None:
    """A newer table came in between."""
    browser = cast.admin.browser()
    submits(browser, "/divisions/", upload(NEWER))
    row = DivisionImport.objects.get()
    submits(browser, f"/divisions/{row.public_id}/", {"typed": "2026-06-30"})
    Division.objects.filter(code=COUNTY).update(valid_from="2027-01-01")
    run_the_job(row)
    run_the_job(row)
    text = page_for(browser, f"/divisions/{row.public_id}/").content.decode()
    assert "没有导入" in text
    assert "比在用的表" in text
    assert Division.objects.get(code=TOWN).name == "三棵树镇"


def test_a_json_table_is_the_same_table() -> None:
    told = '[{"code": "522601", "name": "凯里市"}, {"code": "522622", "name": "黄平县"}]'
    assert as_csv(told) == "code,name\n522601,凯里市\n522622,黄平县\n"
    assert faults_in(as_csv(told)) == []


@given(st.text(max_size=200))
def test_any_text_is_answered_with_faults_or_taken(text: str) -> None:
    """Whatever is uploaded, the check gives lines and reasons and never breaks."""
    try:
        found = faults_in(as_csv("code,name\n" + text))
    except csv.Error:
        return
    assert all(fault.line >= 1 and fault.why for fault in found)
