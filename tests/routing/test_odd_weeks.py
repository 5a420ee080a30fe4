"""Odd weeks on files, by `./nuantu patrol`: nothing to visit, places twice, islands, nights and years."""

import json
from pathlib import Path
from typing import Any

import pytest

from nuantu.config.launch import patrol_solve
from nuantu.config.launch.patrol import main
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.plan import reason_text
from nuantu.routing.problem_json import problem_from, problem_to_json
from nuantu.routing.twins import twins
from tests.routing.weeks import place, shift, week

pytestmark = pytest.mark.slow  # the first time, the search is compiled


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine code stays where the tests keep it."""
    monkeypatch.setattr(patrol_solve, "keep_in", lambda _folder: None)


def _file(folder: Path, data: dict[str, Any]) -> str:
    path = folder / "week.json"
    path.write_text(json.dumps(data), "utf-8")
    return str(path)


def _solved(
    folder: Path, capsys: pytest.CaptureFixture[str], data: dict[str, Any], language: str = "en"
) -> str:
    """What solve and check say of the same week."""
    asked, plan = _file(folder, data), str(folder / "plan.json")
    assert main(["solve", asked, "-o", plan, "--iterations", "60", "--quiet"]) == 0
    capsys.readouterr()
    assert main(["check", asked, plan, "--lang", language]) == 0
    return capsys.readouterr().out


def test_an_id_that_stands_twice_is_refused_with_its_row(tmp_path: Path) -> None:
    asked = _file(tmp_path, week([place("A", 1), place("A", 2)], [shift()]))
    with pytest.raises(Trouble, match=r"locations\[1\].*重复：A"):
        main(["solve", asked, "--iterations", "1", "--quiet"])


@pytest.mark.parametrize(("language", "said"), [
    ("en", "! A and B are the same place"), ("zh", "! A 和 B 在同一处"),
])  # fmt: skip
def test_duplicate_locations_are_named_by_solve_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    spots = [place("A", 1), place("C", 1.02), place("B", 1.009)]
    data = week(spots, [shift()])
    out = _solved(tmp_path, capsys, data, language)
    assert said in out
    assert out.count("!") == 1
    assert (
        main(["solve", str(tmp_path / "week.json"), "--iterations", "9", "--quiet", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["twins"] == [["A", "B"]]


def test_duplicates_on_the_globe_are_told_by_metres_and_not_by_degrees() -> None:
    def at(name: str, lon: float, lat: float) -> dict[str, Any]:
        spot = place(name, 0)
        del spot["x_km"], spot["y_km"]
        return spot | {"lon": lon, "lat": lat}

    data = week([at("A", 107.99999, 26.58), at("B", 108.00005, 26.58), at("C", 108.0002, 26.58)],
                [shift()])  # fmt: skip
    data["depots"] = [{"id": "D", "lon": 108.0, "lat": 26.58}]
    assert twins(problem_from(data)) == (("A", "B"),)


def test_a_file_with_zero_locations_has_an_empty_plan_that_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "promised visits kept: 0 / 0" in _solved(tmp_path, capsys, week([], [shift()]))
    event = ["--now", "0:241", "--team-lost", "T1", "--seconds", "0.1", "--lang", "en"]
    asked, plan = str(tmp_path / "week.json"), str(tmp_path / "plan.json")
    assert main(["replan", asked, plan, *event, "-o", plan]) == 0


def test_one_team_an_island_and_closed_windows_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place("A", 1), place("ISLAND", 500), place("SHUT", 2, windows=[[0, 60]])]
    out = _solved(tmp_path, capsys, week(spots, [shift()]))
    assert "promised visits kept: 1 / 3" in out
    reasons = {line.split()[0]: line for line in out.splitlines() if " -1: " in line}
    assert set(reasons) == {"ISLAND", "SHUT"}
    assert reasons["ISLAND"].split(":")[1] != reasons["SHUT"].split(":")[1]


def test_a_place_without_any_window_is_closed_all_week_and_one_that_says_nothing_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place("OPEN", 1), place("SHUT", 2, windows=[]), place("NIGHTS", 3, closed_nights=[0])]
    out = _solved(tmp_path, capsys, week(spots, [shift()]))
    assert "promised visits kept: 1 / 3" in out
    (nights, shut) = sorted(line for line in out.splitlines() if " -1: " in line)
    assert shut.split(": ")[1] == reason_text("shut", "en")
    assert nights.split(": ")[1] == reason_text("no_window", "en"), "open when nobody is out"
    read = problem_from(week(spots, [shift()]))
    assert problem_from(problem_to_json(read)) == read


def test_a_shift_from_before_midnight_until_the_morning_is_planned_replanned_and_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place(f"L{n}", 1 + n, windows=[[330, 700]], service_min=20) for n in range(4)]
    long = shift(start_min=350, end_min=720)
    assert "promised visits kept: 4 / 4" in _solved(tmp_path, capsys, week(spots, [long]))
    asked, plan = str(tmp_path / "week.json"), str(tmp_path / "plan.json")
    event = ["--now", "0:362", "--urgent", "U,2,0,10", "--soon", "--seconds", "0.1"]
    assert main(["replan", asked, plan, *event, "--lang", "en", "-o", plan]) == 0
    assert "T1 reaches U at minute" in capsys.readouterr().out
