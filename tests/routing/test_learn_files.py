"""Files of past stops: every mistake is named with its row, and the command writes a usable week."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nuantu.config.launch.patrol import main
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.json_fields import FileRefused
from nuantu.routing.learning.stops import stops_from_csv, stops_from_json
from nuantu.routing.problem_json import problem_from
from tests.routing.weeks import place, shift, week

HEAD = "location,night,time,found,level\n"
GOOD = "A,2025-12-31,23:40,2,cold\n"


def _refused(text: str) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        stops_from_csv(text, 12, {"A", "B"})
    return [mistake.path for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("A,2025-12-31,23:40,-1,", "row 3.found"),
        ("A,2025-12-31,23:40,1.5,", "row 3.found"),
        ("A,2025-12-31,23:40,many,", "row 3.found"),
        ("A,2025-12-31,23:40,,", "row 3.found"),
        ("A,2025-12-31,23:40,5000,", "row 3.found"),
        ("Z,2025-12-31,23:40,1,", "row 3.location"),
        (",2025-12-31,23:40,1,", "row 3.location"),
        ("A,2025-02-30,23:40,1,", "row 3.night"),
        ("A,2025-12-31,12:00,1,", "row 3.time"),
        ("A,2025-12-31,06:00,1,", "row 3.time"),
        ("A,2025-12-31,24:00,1,", "row 3.time"),
        ("A,2025-12-31,late,1,", "row 3.time"),
        ("A,2025-12-31,23:40,0,", "row 3"),
        ('A,"2025-12-31" x,23:40,0,', "row 3"),
    ],
)
def test_a_wrong_row_is_refused_at_its_line(line: str, path: str) -> None:
    assert _refused(HEAD + GOOD + line) == [path]


@pytest.mark.parametrize(
    ("text", "path"), [("", "row 1"), ("location,found\nA,1\n", "row 1"), (HEAD, "stops")]
)
def test_a_table_without_columns_or_rows_is_refused(text: str, path: str) -> None:
    assert _refused(text) == [path]


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "$"),
        ({}, "stops"),
        ({"stops": []}, "stops"),
        ({"stops": [{"location": "A", "night": "2025-12-31", "time": "23:40"}]}, "stops[0].found"),
        ({"stops": ["A"]}, "stops[0]"),
    ],
)
def test_a_wrong_json_file_is_refused_at_its_place(data: Any, path: str) -> None:
    with pytest.raises(FileRefused) as refused:
        stops_from_json(data, 12, {"A"})
    assert path in [mistake.path for mistake in refused.value.mistakes]


def test_a_time_after_midnight_belongs_to_the_evening_before() -> None:
    (evening, morning), unread = stops_from_csv(
        HEAD.strip() + ",note\n" + GOOD.strip() + ",x\nB,2025-12-31,00:30,0\n", 12
    )
    assert (evening.night, evening.minute) == (date(2025, 12, 31), 340)
    assert (morning.night, morning.minute, morning.found) == (date(2025, 12, 31), 390, 0)
    assert unread == ("note",)


def test_json_and_csv_say_the_same() -> None:
    row = {"location": "A", "night": "2025-12-31", "time": "23:40", "found": 2, "level": "cold"}
    assert stops_from_json({"stops": [row]}, 12)[0] == stops_from_csv(HEAD + GOOD, 12)[0]


def _files(folder: Path, text: str, encoding: str = "utf-8") -> tuple[str, str, str]:
    problem, stops, target = folder / "week.json", folder / "stops.csv", folder / "out" / "new.json"
    places = [place("A", 1, kind="桥下"), place("B", 2, kind="桥下", own_key=1)]
    problem.write_text(json.dumps(week(places, [shift()])), "utf-8")
    stops.write_text(text, encoding)
    target.parent.mkdir()
    return str(stops), str(problem), str(target)


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        (HEAD + "Z,2025-12-31,23:40,1,\n", [], "row 2.location"),
        (HEAD + "Z,2025-12-31,23:40,1,\n", ["--ignore-unknown"], "holds no stop"),
        (HEAD, [], "there is no stop"),
        (HEAD + GOOD, ["--keep", "2"], "--keep"),
    ],
)
def test_the_command_refuses_and_writes_nothing(
    tmp_path: Path, text: str, more: list[str], says: str
) -> None:
    stops, problem, target = _files(tmp_path, text)
    with pytest.raises(Trouble, match=says):
        main(["learn", stops, problem, "--out", target, *more])
    assert not Path(target).exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_command_writes_a_week_with_new_rates_and_the_rest_untouched(
    tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"A,2025-12-{day:02d},23:40,2,寒潮" for day in range(1, 29)]
    stops, problem, target = _files(tmp_path, HEAD + "\n".join(rows), encoding)
    detail = tmp_path / "rates.csv"
    arguments = ["learn", stops, problem, "--out", target, "--detail", str(detail)]
    assert main([*arguments, "--explore", "0", "--lang", "en"]) == 0
    assert "28 stops at 1 places, 56 people met; 1 places start from their kind" in (
        capsys.readouterr().out
    )
    written = json.loads(Path(target).read_text("utf-8"))
    assert written["locations"][1]["own_key"] == 1
    known, new = problem_from(written).locations
    assert known.rates[5] == pytest.approx(2, rel=0.15)
    assert new.rates != known.rates
    assert len(detail.read_text("utf-8").splitlines()) == 1 + 2 * 12


def test_a_matrix_is_found_from_where_the_new_file_lies(tmp_path: Path) -> None:
    stops, problem, target = _files(tmp_path, HEAD + GOOD)
    data = json.loads(Path(problem).read_text("utf-8"))
    data["travel"] = {"kind": "matrix", "matrix_file": "minutes.npy"}
    Path(problem).write_text(json.dumps(data), "utf-8")
    _save_matrix(tmp_path / "minutes.npy")
    assert main(["learn", stops, problem, "--out", target]) == 0
    name = json.loads(Path(target).read_text("utf-8"))["travel"]["matrix_file"]
    assert (Path(target).parent / name).resolve() == tmp_path / "minutes.npy"


def _save_matrix(target: Path) -> None:
    np.save(target, np.zeros((3, 3), dtype="f4"))
