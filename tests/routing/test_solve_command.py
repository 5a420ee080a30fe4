"""`./nuantu patrol solve` and `replan` on files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from defusedxml.ElementTree import parse

from nuantu.config.launch import patrol_solve
from nuantu.config.launch.patrol import main
from nuantu.config.launch.trouble import Trouble
from tests.routing.weeks import place, shift, week

pytestmark = pytest.mark.slow  # the first time, the search is compiled


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine code stays where the tests keep it."""
    monkeypatch.setattr(patrol_solve, "keep_in", lambda _folder: None)


def _file(folder: Path, name: str, data: dict[str, Any]) -> str:
    path = folder / name
    path.write_text(json.dumps(data), "utf-8")
    return str(path)


def _week(folder: Path) -> str:
    spots = [place(f"L{n}", 1 + n, service_min=20) for n in range(6)]
    return _file(folder, "week.json", week(spots, [shift("T1"), shift("T2"), shift("T2", 1)]))


def test_a_wrong_file_or_moment_or_place_is_refused(tmp_path: Path) -> None:
    asked, plan = _week(tmp_path), str(tmp_path / "plan.json")
    broken = _file(tmp_path, "broken.json", {"nights": 0})
    with pytest.raises(Trouble):
        main(["solve", broken])
    assert main(["solve", asked, "-o", plan, "--iterations", "50", "--quiet"]) == 0
    for wrong in (
        ["--now", "9:1", "--team-lost", "T1"],
        ["--now", "0:300", "--team-lost", "T9"],
        ["--now", "0:300", "--urgent", "NOWHERE"],
        ["--now", "0:300", "--urgent", "U,nan,1,5"],
        ["--now", "0:300", "--urgent", "U,1,1"],
        ["--now", "0:300", "--urgent", "U,1,1,-5"],
        ["--now", "0:300", "--urgent", "D,1,1,5"],
        ["--now", "0:300", "--raise-cadence", "0"],
        ["--now", "0:300", "--team-lost", ""],
    ):
        with pytest.raises(Trouble):
            main(["replan", asked, plan, *wrong, "-o", plan])


def test_a_plan_and_its_search_are_drawn_as_pictures(tmp_path: Path) -> None:
    asked, folder = _week(tmp_path), tmp_path / "pictures"
    assert main(["solve", asked, "--iterations", "100", "--quiet", "--plot", str(folder)]) == 0
    maps = parse(folder / "plan.svg").getroot()
    assert maps is not None
    assert len(maps.findall(".//{*}polyline")) >= 2
    searched = parse(folder / "search.svg").getroot()
    assert searched is not None
    assert searched.findall(".//{*}polyline")
    with pytest.raises(Trouble):
        main(["solve", asked, "--iterations", "1", "--quiet", "--plot", asked])


def test_a_week_without_any_promised_visit_says_so_and_one_mistake_is_one_thing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = _file(tmp_path, "empty.json", week([], [shift()], nights=1))
    assert main(["solve", empty, "--iterations", "1", "--quiet", "--lang", "en"]) == 0
    assert "! no visit is promised" in capsys.readouterr().out
    twice = _file(tmp_path, "twice.json", week([place("L1", 1), place("L1", 2)], [shift()]))
    with pytest.raises(Trouble, match=r"has 1 thing to mend:\n  locations\[1\]: stands twice"):
        main(["solve", twice])


def test_a_week_that_cannot_be_done_names_the_shifts_that_would_mend_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place(f"L{n}", 1 + n / 10, service_min=60) for n in range(6)]
    asked = _file(tmp_path, "full.json", week(spots, [shift()], nights=1))
    assert main(["solve", asked, "--iterations", "100", "--quiet", "--lang", "en"]) == 0
    assert "one more team on night 0 (22:00-02:00 from D): 3 more kept, 0 still missed" in (
        capsys.readouterr().out
    )
    assert main(["solve", asked, "--iterations", "100", "--quiet", "--json"]) == 0
    assert [one["left"] for one in json.loads(capsys.readouterr().out)["mends"]] == [0]


def test_a_solved_week_passes_the_check_and_can_be_replanned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, plan, later = _week(tmp_path), str(tmp_path / "plan.json"), str(tmp_path / "later.json")
    after = str(tmp_path / "after.json")
    assert main(["solve", asked, "-o", plan, "--iterations", "100", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["check"]["missing"], told["seed"]) == (0, 1)
    assert main(["check", asked, plan]) == 0
    event = ["--now", "0:241", "--urgent", "U,2.5,0.5,10", "--seconds", "0.1"]
    assert main(["replan", asked, plan, *event, "-o", later, "--problem-out", after]) == 0
    assert main(["check", after, later]) == 0


def test_an_urgent_place_that_the_road_matrix_does_not_know_is_estimated_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place(f"L{n}", 1 + n) for n in range(3)]
    data = week(spots, [shift("T1")], travel={"kind": "matrix", "matrix_file": "minutes.npy"})
    np.save(tmp_path / "minutes.npy", np.abs(np.subtract.outer(np.arange(4), np.arange(4))) * 3.0)
    asked, plan = _file(tmp_path, "roads.json", data), str(tmp_path / "plan.json")
    (tmp_path / "elsewhere").mkdir()
    later, after = (str(tmp_path / "elsewhere" / name) for name in ("later.json", "after.json"))
    assert main(["solve", asked, "-o", plan, "--iterations", "50", "--quiet"]) == 0
    event = ["--now", "0:241", "--urgent", "U,2.5,0,10", "--soon", "--seconds", "0.1"]
    assert main(["replan", asked, plan, *event, "-o", later, "--problem-out", after]) == 0
    assert "不在道路矩阵里" in capsys.readouterr().out
    again = ["--now", "0:250", "--urgent", "L2", "--seconds", "0.1", "--lang", "en"]
    assert main(["check", after, later]) == 0
    assert main(["replan", after, later, *again, "-o", plan]) == 0
    assert "road matrix" not in capsys.readouterr().out


def test_the_minute_of_an_urgent_visit_goes_with_an_urgent_visit_and_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, plan, out = _week(tmp_path), str(tmp_path / "plan.json"), str(tmp_path / "out.json")
    assert main(["solve", asked, "-o", plan, "--iterations", "50", "--quiet"]) == 0
    base = ["replan", asked, plan, "-o", out, "--now", "0:241", "--seconds", "0.1", "--lang"]
    with pytest.raises(Trouble, match="只用于"):
        main([*base, "zh", "--team-lost", "T1", "--latest", "300"])
    capsys.readouterr()
    for minute, language, said in (
        ("400", "en", "reaches L5! at minute"), ("241", "en", "minutes late"), ("241", "zh", "晚"),
    ):  # fmt: skip
        main([*base, language, "--urgent", "L5", "--latest", minute])
        assert said in capsys.readouterr().out


def test_a_closer_bound_is_proven_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spots = [place("A", -30), place("B", 30)]
    asked = _file(tmp_path, "far.json", week(spots, [shift(end_min=420)]))
    plan = str(tmp_path / "plan.json")
    solved = ["solve", asked, "-o", plan, "--iterations", "50", "--quiet", "--prove", "5", "--json"]
    assert main(solved) == 0
    assert json.loads(capsys.readouterr().out)["bound"] == pytest.approx(1, rel=1e-4)
    assert main(["check", asked, plan, "--lang", "en"]) == 0
    assert "50.0% of the proven bound 2.00" in capsys.readouterr().out
    assert main(["check", asked, plan, "--lang", "en", "--prove", "5"]) == 0
    assert "100.0% of the proven bound 1.00" in capsys.readouterr().out
