"""Reports from files, beginning with what is refused."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from nuantu.core import clock, scope
from nuantu.tracing import services
from nuantu.tracing.models import ImportRow, MissingReport, ReportImport
from tests.cast import Cast
from tests.tracing import missing
from tests.tracing.test_rules import PFIF
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
BAD = """樣美玲,女,1990-02-30,,台江县,2025-12-01,,,,
样阿宝,男,,4.5E+17,雷山县,2026-01-05,,,,
样海生,男,,,某某县,2026-08,,,,
"""


def _rows(batch: ReportImport) -> dict[int, ImportRow]:
    with scope.system("a test looks"):
        return {row.line: row for row in batch.rows.order_by("line")}


def _taken() -> int:
    with scope.system("a test counts"):
        return MissingReport.objects.count()


def _confirmed(cast: Cast, batch: ReportImport) -> None:
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        services.confirm_file(
            actor=actor,
            at=clock.now(),
            batch=batch,
            consent_date=missing.today(),
            purposes=["compare"],
            wanted=[],
        )
    services.bring_in(str(batch.public_id), actor.public_id)


def test_nobody_else_reads_a_file(cast: Cast) -> None:
    url = reverse("tracing:files")
    refused_for(cast.nobody, cast.leader, cast.police, cast.auditor, url=url)
    batch = missing.a_file(cast)
    not_found_for(cast.outsider, url=reverse("tracing:file", args=[batch.public_id]))
    for key in ("outsider", "police", "kitchen"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not ReportImport.objects.exists(), key
            assert not ImportRow.objects.exists(), key


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 broken", "读不了这个文件"),
        (b"\xff\xfe\x00\x00", "读不了这个文件"),
        ("只有一列\n样一\n".encode(), "没有找到可读的行"),
        (b"<html></html>", "不是 PFIF 1.4"),
        (missing.HEAD.encode(), "没有找到可读的行"),
        ((missing.HEAD + missing.GOOD * 2001).encode(), "文件超过 2,000 行"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(cast: Cast, content: bytes, says: str) -> None:
    data = {"file": SimpleUploadedFile("a", content), "source": "import", "source_name": "站"}
    submit_refused_leaving(
        cast.tracing_officer, reverse("tracing:files"), data, unchanged=_taken, says=says
    )


def test_every_row_says_what_must_be_looked_at_and_nothing_comes_in_before(cast: Cast) -> None:
    batch = missing.a_file(cast, missing.GOOD + BAD)
    rows = _rows(batch)
    assert [row.state for row in rows.values()] == ["ready", "bad", "bad", "bad"]
    assert rows[3].findings[0] == "birth:date"
    assert "id_number:lost_digits" in rows[4].findings
    assert {"home:no_division", "2:twice"} <= set(rows[5].findings)
    page = page_for(cast.tracing_officer, reverse("tracing:file", args=[batch.public_id]))
    sees(page, "樣美玲", "科学计数", "不用改：家乡：没有对上现行区划", "和第 2 行可能是同一个人")
    assert _taken() == 0
    with scope.system("a test looks"):
        assert "样海生" not in ImportRow.objects.get(line=2).told.token


def test_rows_come_in_and_the_others_go_back_with_their_reasons(cast: Cast) -> None:
    batch, who = missing.a_file(cast, missing.GOOD + BAD), cast.tracing_officer
    _confirmed(cast, batch)
    assert [row.state for row in _rows(batch).values()] == ["taken", "bad", "bad", "bad"]
    services.bring_in(str(batch.public_id), who.actor.public_id)
    assert _taken() == 1
    with scope.system("a test looks"):
        report = MissingReport.objects.get()
        assert (report.consent_way, report.source_name) == ("source_body", "暖风寻亲志愿者")
        assert (report.home_division, report.lost_precision) == ("522601100000", "month")
    answer = who.browser().get(reverse("tracing:unmended", args=[batch.public_id]))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    assert len(cells) == 4
    assert "姓名" in cells[0]
    assert "2015-03-04" in str(cells[1][-1])
    with scope.system("a test reads the mended table"):
        mended = missing.read(cast, answer.content, name="改.xlsx")
    assert mended.row_count == 3


def test_the_day_of_a_consent_that_the_file_does_not_name_is_asked_for_and_not_made_up(
    cast: Cast,
) -> None:
    batch, who = missing.a_file(cast), cast.tracing_officer
    url = reverse("tracing:confirm", args=[batch.public_id])
    data = {"consent_date": "", "consent_purposes": ["compare"], "wanted": ["2"]}
    submit_refused_leaving(who, url, data, unchanged=_taken, says="consent_date")
    page = page_for(who, reverse("tracing:file", args=[batch.public_id]))
    does_not_see(page, f'value="{missing.today()}"')


def test_a_row_like_an_open_report_comes_in_only_when_it_is_wanted(cast: Cast) -> None:
    report = missing.a_report(cast, name="样海生", age_low=57, age_high=57)
    first = missing.a_file(cast)
    assert (_rows(first)[2].state, _rows(first)[2].like_number) == ("doubtful", report.number)
    url = reverse("tracing:confirm", args=[first.public_id])
    data = {"consent_date": f"{missing.today()}", "consent_purposes": ["compare"]}
    submit_refused_leaving(
        cast.tracing_officer, url, data, unchanged=_taken, says="没有可以导入的行"
    )
    submits(cast.tracing_officer, url, data | {"wanted": ["2"]}, to=str(first.public_id))
    services.bring_in(str(first.public_id), cast.tracing_officer.actor.public_id)
    assert _taken() == 2
    actor = cast.tracing_officer.actor
    with (
        scope.enter(scope.of_actor(actor)),
        pytest.raises(services.FileRefused, match="已经处理过"),
    ):
        services.drop_file(actor=actor, at=clock.now(), batch=first)


def test_an_excel_number_and_a_pfif_person_are_read(cast: Cast) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号", "年龄"])
    sheet.append(["样一", 522601196905010010, 57])
    content = BytesIO()
    book.save(content)
    rows = _rows(missing.read(cast, content.getvalue(), name="名单.xlsx"))
    assert "id_number:lost_digits" in rows[2].findings
    batch = missing.read(cast, PFIF.encode(), name="a.xml")
    assert (batch.format, _rows(batch)[1].state) == ("pfif", "ready")


def test_the_rows_of_a_file_are_forgotten_after_their_term(cast: Cast) -> None:
    batch = missing.a_file(cast)
    with missing.later(31):
        assert services.forget_files(at=clock.now()) == 1
        assert services.forget_files(at=clock.now()) == 0
    assert not _rows(batch)
    sees(
        page_for(cast.tracing_officer, reverse("tracing:file", args=[batch.public_id])),
        "行的内容已删除",
    )
