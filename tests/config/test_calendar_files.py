"""An installation's own holiday notices: refused with a reason, or counted without a restart."""

import os
from datetime import date
from pathlib import Path

import pytest

from nuantu.config import calendar_files
from nuantu.config.launch import calendar
from nuantu.config.launch.doctor import holidays
from nuantu.config.launch.doctor.findings import Grade
from nuantu.config.launch.trouble import Trouble
from nuantu.planbook import calendars
from tests.planbook.test_notices import GOOD


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = calendar_files.folder(tmp_path)
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("明年.yaml", GOOD.encode(), "文件名"),
        ("2027.json", GOOD.encode(), "文件名"),
        ("2028.yaml", GOOD.encode(), "2028"),
        ("2027.yaml", GOOD.replace("2027-06-09", "2027-06-08").encode(), "2027-06-09"),
        ("2027.yaml", GOOD.encode("gb18030"), "UTF-8"),
        ("2027.yaml", b"x" * 70_000, "太大"),
    ],
)
def test_a_file_that_cannot_be_trusted_counts_for_nothing(
    place: Path, name: str, content: bytes, word: str
) -> None:
    (place / name).write_bytes(content)
    found = calendar_files.look(place)
    assert not found.notices
    [(refused, says)] = found.refused
    assert refused == name
    assert word in says.zh
    [finding, *_] = holidays.examine(place.parent, date(2026, 11, 20))
    assert finding.grade is Grade.DOUBTFUL
    assert name in finding.chinese


def test_a_folder_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert calendar_files.look(tmp_path / "calendars") == calendar_files.Look()


def test_a_new_file_and_a_mended_one_count_at_the_next_look(place: Path) -> None:
    assert calendar_files.current(place) == ()
    file = place / "2027.yaml"
    file.write_text(GOOD.replace("2027-06-09", "2027-06-08"), encoding="utf-8")
    assert calendar_files.current(place) == ()
    file.write_text(GOOD, encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert [notice.year for notice in calendar_files.current(place)] == [2027]
    file.unlink()
    assert calendar_files.current(place) == ()


def test_doctor_asks_for_next_year_from_november_on(tmp_path: Path, place: Path) -> None:
    def grades(day: date) -> list[Grade]:
        return [finding.grade for finding in holidays.examine(tmp_path, day)]

    assert grades(date(2026, 10, 31)) == [Grade.GOOD]
    assert grades(date(2026, 11, 1)) == [Grade.DOUBTFUL]
    (place / "2027.yaml").write_text(GOOD, encoding="utf-8")
    assert grades(date(2026, 11, 1)) == [Grade.GOOD]


def test_the_running_site_counts_by_the_installation_s_own_files() -> None:
    """The assembly hands the folder of its data to the calendar when it starts."""
    folder = calendar_files.folder(Path(os.environ["NUANTU_DATA"]))
    folder.mkdir(exist_ok=True)
    file = folder / "2027.yaml"
    assert 2027 not in calendars.national().published
    try:
        file.write_text(GOOD, encoding="utf-8")
        assert 2027 in calendars.national().published
    finally:
        file.unlink()
        folder.rmdir()


def test_the_command_refuses_what_it_cannot_count(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    for wrong in (["count", "2026-02-30", "7wd"], ["count", "2026-09-28", "7"], ["show", "1800"]):
        with pytest.raises(Trouble):
            calendar.main([*data, *wrong])
    with pytest.raises(Trouble):
        calendar.main([*data, "check", str(tmp_path / "2027.yaml")])
    (tmp_path / "2028.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(Trouble, match="2028"):
        calendar.main([*data, "check", str(tmp_path / "2028.yaml")])


def test_the_command_shows_a_year_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "2027.yaml"
    source.write_text(GOOD, encoding="utf-8")
    data = ["--data", str(tmp_path)]
    assert calendar.main([*data, "check", str(source)]) == 0
    assert "2027：放假 27 天，调休上班 6 天" in capsys.readouterr().out
    assert calendar.main([*data, "show", "2026"]) == 0
    printed = capsys.readouterr().out
    assert "国办发明电〔2025〕7号" in printed
    assert "02-15 – 02-23" in printed
    assert "冬至 12-22" in printed
    assert calendar.main([*data, "count", "2026-09-28", "7wd"]) == 0
    assert "2026-10-13 24:00" in capsys.readouterr().out
