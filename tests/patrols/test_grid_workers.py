"""Grid workers and the parts of an area from a file, beginning with what a grid worker does not see."""

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from nuantu.core import scope
from nuantu.core.tables import csv_rows
from nuantu.patrols import services
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.patrols.rules.part_files import findings_in, text_of_rows
from nuantu.patrols.rules.sweeps import Part
from tests.cast import STATION, Player
from tests.patrols import sweeps
from tests.patrols.sweeps import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast: "Cast") -> Player:
    """龙网格员 of the township, with an account."""
    return sweeps.a_grid_worker()


def _cut(cast: "Cast", *parts: Part) -> dict[str, SweepArea]:
    sweeps.the_villages()
    area, actor = sweeps.an_area(cast), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        services.cut_area(actor=actor, at=area.recorded_at, area=area, parts=list(parts))
        return {row.division_code: row for row in SweepArea.objects.filter(parent=area)}


def _walk(area: SweepArea) -> str:
    return reverse("patrols:area_walk", args=[area.public_id])


@pytest.mark.slow
def test_a_grid_worker_sees_the_area_given_to_him_and_nothing_else(
    cast: "Cast", worker: Player
) -> None:
    made = _cut(cast, Part("南花村", "", "龙网格员 0855-0000001"), Part("板溪村", "", "杨某某"))
    browser = worker.browser()
    assert browser.get(_walk(made[VILLAGE])).status_code == 200
    assert browser.get(_walk(made[OTHER_VILLAGE])).status_code == 404
    mine = browser.get(reverse("patrols:sweep_mine")).content.decode()
    assert "南花村" in mine
    assert "板溪村" not in mine
    for name in ("patrols:sweeps", "patrols:flows", "patrols:weeks"):
        assert browser.get(reverse(name)).status_code == 403
    assert browser.get("/", follow=True).redirect_chain[-1][0] == reverse("patrols:sweep_mine")


@pytest.mark.slow
@pytest.mark.rule("P1-84")
def test_a_grid_worker_looks_over_his_grid_and_hands_in_under_his_own_name(
    cast: "Cast", worker: Player
) -> None:
    made = _cut(cast, Part("南花村", "", "龙网格员"))
    browser, area = worker.browser(), made[VILLAGE]
    for name, said in (
        ("area_begin", {}),
        ("area_looks", {"bridge_culvert": "2", "abandoned_house": "1"}),
        ("area_find", {"what": "person", "place": "老桥下"}),
        ("area_hand_in", {"lookers": "龙网格员"}),
    ):
        answer = browser.post(reverse(f"patrols:{name}", args=[area.public_id]), said)
        assert answer.status_code == 302, answer.content.decode()
    with scope.system("a test looks"):
        report = SweepReport.objects.get(area=area)
    assert (report.handed_by, report.finds.count()) == ("龙网格员", 1)


def test_only_a_grid_worker_of_the_office_that_answers_is_named(
    cast: "Cast", worker: Player
) -> None:
    area, actor = sweeps.an_area(cast), cast.township.actor
    worker.account.organisation_id = STATION
    worker.account.save()
    with scope.enter(scope.of_actor(actor)), pytest.raises(services.SweepRefused):
        services.assign_area(
            actor=actor, at=area.recorded_at, area=area, org_code="", looker=worker.account
        )


def _posted(browser: Client, area: SweepArea, name: str, content: bytes) -> str:
    answer = browser.post(
        reverse("patrols:area_cut", args=[area.public_id]),
        {"file": SimpleUploadedFile(name, content)},
        follow=True,
    )
    return answer.content.decode()


def _xlsx(*rows: tuple[object, ...]) -> bytes:
    book, content = Workbook(), BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(content)
    return content.getvalue()


def test_a_file_with_bad_rows_names_every_one_and_writes_none(cast: "Cast") -> None:
    sweeps.the_villages()
    area = sweeps.an_area(cast)
    content = "村,网格,责任人\n南花村,第一网格,龙某\n没有村,,杨某\n,二,潘某\n南花村,第一网格,吴某\n"
    page = _posted(cast.township.browser(), area, "parts.csv", content.encode("gb18030"))
    for said in ("3 行要改", "第 3 行", "没有这个地方", "第 4 行", "没有写村", "第 5 行", "重复"):
        assert said in page
    assert "南花村,第一网格,吴某" in page
    with scope.system("a test looks"):
        assert not SweepArea.objects.filter(parent=area).exists()


@pytest.mark.slow
def test_an_excel_sheet_cuts_the_area(cast: "Cast", worker: Player) -> None:
    sweeps.the_villages()
    area = sweeps.an_area(cast)
    content = _xlsx(
        ("村", "网格", "责任人"), ("南花村", 1, "龙网格员"), (OTHER_VILLAGE, None, "杨某")
    )
    page = _posted(cast.township.browser(), area, "parts.xlsx", content)
    assert "已细分" in page
    with scope.system("a test looks"):
        made = {row.division_code: row for row in SweepArea.objects.filter(parent=area)}
    assert made[VILLAGE].grid == "1"
    assert made[VILLAGE].looker_id == worker.account.pk
    assert made[OTHER_VILLAGE].person == "杨某"


def _damaged() -> bytes:
    """A workbook whose sheet ends in the middle."""
    content = BytesIO()
    with ZipFile(BytesIO(_xlsx(("南花村", "一")))) as good, ZipFile(content, "w") as bad:
        for name in good.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            bad.writestr(name, good.read(name)[:-20] if is_sheet else good.read(name))
    return content.getvalue()


@pytest.mark.slow
def test_a_damaged_workbook_is_refused_in_words_and_a_wide_one_is_read(cast: "Cast") -> None:
    sweeps.the_villages()
    area, browser = sweeps.an_area(cast), cast.township.browser()
    assert "读不了这个文件" in _posted(browser, area, "x.xlsx", _damaged())
    wide = ("南花村", "一", "龙某", *[None] * 16380, "x")
    assert "已细分" in _posted(browser, area, "x.xlsx", _xlsx(wide))


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\x00\x01\x02", b"\xff\xfe\xff"])
def test_a_file_that_is_no_table_is_refused_in_words(cast: "Cast", content: bytes) -> None:
    page = _posted(cast.township.browser(), sweeps.an_area(cast), "x.xlsx", content)
    assert "读不了这个文件" in page


def test_every_row_is_judged_and_nothing_of_a_row_is_lost() -> None:
    text = text_of_rows([["村", "网格"], ["南花村", 2.0, "龙某", "0855-0000001"], ["甲，乙", None]])
    assert text == "村,网格\n南花村,2,龙某 0855-0000001\n甲 乙"
    found = findings_in(text + "\n三棵树镇\n板溪村,一", {"南花村", "三棵树镇", "板溪村"},
                        {"三棵树镇"}, {("板溪村", "一")})  # fmt: skip
    assert [(one.line, one.why) for one in found] == [
        (3, "unknown"), (4, "itself"), (5, "taken"),
    ]  # fmt: skip


def test_a_csv_is_read_whatever_parts_its_columns() -> None:
    assert csv_rows("村;网格\n甲;一".encode()) == [["村", "网格"], ["甲", "一"]]
    assert csv_rows("村\t网格".encode("utf-8-sig")) == [["村", "网格"]]
