"""Key locations from a table: what stays out, what is asked about, what comes in."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.places import services
from nuantu.places.models import KeyLocation
from nuantu.places.rules.sheets import flag_in, is_called
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HEAD = ["名称", "乡镇（街道）", "类型", "纬度", "经度", "开放时间", "须会同公安", "颜色"]
GOOD = ["北桥桥洞", "三棵树镇", "桥梁涵洞", "26.5601", "108.0661", "18:00-06:00", "是", "灰"]


Row = Sequence[object]


def sheet(*rows: Row) -> bytes:
    book = Workbook()
    for row in (["重点区域"], HEAD, *rows):
        book.worksheets[0].append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def judged(cast: Cast, *rows: Row, datum: str = "wgs84") -> list[services.Line]:
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        found, _unread = services.rows_in(sheet(*rows))
        return services.judged(actor=actor, rows=found, datum=datum)


def with_(place: int, value: object) -> Row:
    return [*GOOD[:place], value, *GOOD[place + 1 :]]


@pytest.mark.parametrize(
    ("place", "value", "word"),
    [
        (0, "", "名称"),
        (0, "很" * 81, "最多 80"),
        (1, "不在这里的镇", "不在这里的镇"),
        (1, "", "乡镇"),
        (2, "火星", "类型"),
        (3, "北边", "纬度"),
        (3, 31.2, "坐标"),
        (5, "白天", "开放时间"),
        (6, "也许", "是"),
    ],
)
def test_a_row_that_cannot_be_read_says_what_to_mend(
    cast: Cast, place: int, value: object, word: str
) -> None:
    (line,) = judged(cast, with_(place, value))
    assert line.state in ("bad", "doubtful")
    assert line.place is None or line.state == "doubtful"
    assert any(word in finding for finding in line.findings), line.findings


def test_of_two_rows_with_one_name_the_second_stays_out_and_what_is_registered_is_not_doubled(
    cast: Cast,
) -> None:
    known = builders.a_key_location(cast)
    with scope.system("a test looks up a name"):
        name = known.name
    lines = judged(cast, GOOD, GOOD, with_(0, name))
    assert [line.state for line in lines] == ["ready", "bad", "known"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\xff\x00\x01", b"a,b\n1,2\n", b"x" * (3 << 20)]
)
def test_a_file_that_is_no_table_of_places_is_refused(content: bytes) -> None:
    with pytest.raises(services.SheetRefused):
        services.rows_in(content)


def test_coordinates_of_another_map_are_converted_and_a_pair_may_stand_in_one_cell(
    cast: Cast,
) -> None:
    (plain,) = judged(cast, GOOD)
    (shifted,) = judged(cast, GOOD, datum="gcj02")
    (pair,) = judged(cast, [*GOOD[:3], "26.5601, 108.0661", "", *GOOD[5:]])
    assert plain.place is not None
    assert shifted.place is not None
    assert pair.place is not None
    assert (plain.place["spot"].datum, shifted.place["spot"].datum) == ("wgs84", "gcj02")
    assert (pair.place["spot"].lat, pair.place["spot"].lon) == (26.5601, 108.0661)


def test_yes_and_no_are_read_as_people_write_them() -> None:
    assert [flag_in(text) for text in ("是", "√", "", "否", "no", "也许")] == [
        True, True, False, False, False, None,
    ]  # fmt: skip
    assert is_called("三棵树", "三棵树镇")
    assert not is_called("三", "三棵树镇")


def test_a_table_is_looked_at_first_and_comes_in_once_confirmed(cast: Cast) -> None:
    """What was shown is what comes in; what stays out can be taken along to be mended."""
    browser = cast.township.browser()
    url = reverse("places:key_location_import")
    bad = with_(2, "火星")
    file = SimpleUploadedFile("places.xlsx", sheet(GOOD, [*bad[:1], *bad[1:]]))
    page = browser.post(url, {"file": file, "datum": "wgs84"})
    assert page.status_code == 200
    assert "颜色" in page.content.decode()
    with scope.system("a test counts"):
        assert not KeyLocation.objects.filter(name=GOOD[0]).exists()
    packed = page.context["form"].initial["rows"]

    other = cast.section_head.browser()
    confirm = reverse("places:key_location_import_confirm")
    assert other.post(confirm, {"rows": packed}).status_code == 302
    table = browser.post(reverse("places:key_location_import_unmended"), {"rows": packed})
    rows = list(load_workbook(BytesIO(table.content)).worksheets[0].values)
    assert "火星" in rows[1]
    assert "类型" in str(rows[1][-1])
    with scope.system("a test counts"):
        assert not KeyLocation.objects.filter(name=GOOD[0]).exists()

    done = browser.post(confirm, {"rows": packed})
    assert "已登记 1 处" in done.content.decode()
    with scope.system("a test reads"):
        place = KeyLocation.objects.get(name=GOOD[0])
        line = JournalEntry.objects.filter(verb="places.key_location.import").latest("pk")
    assert (place.kind, place.open_hours, place.must_go_with_police) == (
        "bridge_culvert", "18:00–06:00", True,
    )  # fmt: skip
    assert line.changes["count"] == 1
    assert clock.now() >= line.recorded_at
    again = browser.post(confirm, {"rows": packed})
    assert "已登记 0 处" in again.content.decode()


def test_a_doubtful_position_comes_in_only_when_ticked(cast: Cast) -> None:
    far = [*GOOD[:3], "26.20", "107.50", *GOOD[5:]]
    (line,) = judged(cast, far)
    assert line.state == "doubtful"
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        rows, _unread = services.rows_in(sheet(far))
        bring = partial(services.bring_in, actor=actor, at=clock.now(), rows=rows)
        assert bring()[0] == 0
        assert bring(wanted=[line.number])[0] == 1
