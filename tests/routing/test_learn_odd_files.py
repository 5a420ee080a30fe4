"""Files of past stops as bureaus have them: empty, one line, nobody met, damaged, over New Year."""

import json
from pathlib import Path

import pytest

from nuantu.config.launch.patrol import main
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.problem_json import problem_from
from tests.routing.weeks import place, shift, week

HEAD = "location,night,time,found,level\n"
STOP = '{"location": "A", "night": "2025-12-31", "time": "23:40", "found": 1}'


def _learn(folder: Path, name: str, data: bytes) -> list[tuple[float, ...]]:
    """Rates of A, B and C, which is of a kind of its own, after learning from a file."""
    problem, stops, target = folder / "week.json", folder / name, folder / "new.json"
    places = [place("A", 1, kind="桥下"), place("B", 2, kind="桥下"), place("C", 3, kind="车站")]
    problem.write_text(json.dumps(week(places, [shift()])), "utf-8")
    stops.write_bytes(data)
    main(["learn", str(stops), str(problem), "--out", str(target), "--explore", "0"])
    return [p.rates for p in problem_from(json.loads(target.read_text("utf-8"))).locations]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.csv", b"", "lacks the columns"),
        ("head.csv", HEAD.encode(), "there is no stop"),
        ("empty.json", b"", "JSON"),
        ("none.json", b'{"stops": []}', "there is no stop"),
        ("cut.json", STOP[:-9].encode(), "JSON"),
        ("cut.csv", (HEAD + "A,2025-12-31,23:40,1,\nA,2025-12-").encode(), "row 3.night"),
        ("quote.csv", (HEAD + 'A,2025-12-31,23:40,1,"cold\n').encode(), "is not CSV"),
        ("zip.csv", b"PK\x03\x04\x14\x00\xff\xfe\x80\x81", "neither UTF-8|is not CSV|lacks"),
        ("twice.csv", (HEAD + "A,2025-12-31,23:40,1,\n" * 2).encode(), "row 3.*twice"),
        ("twice.json", f'{{"stops": [{STOP}, {STOP}]}}'.encode(), r"stops\[1\].*twice"),
        ("wide.csv", (HEAD + "A,2025-12-31,23:40,1,cold,wet\n").encode(), "row 2.*more cells"),
        ("columns.csv", b"location,night,time,found,found\nA,2025-12-31,23:40,1,2\n", "found.*twice"),
        (
            "year.csv",
            (HEAD + "A,2025-12-31,23:40,1,\n" * 1 + "A,2025-12-30,23:40,1,\nA,2925-12-31,23:40,1,\n").encode(),
            "row 4.night.*years",
        ),
    ],
)  # fmt: skip
def test_a_file_without_stops_or_damaged_is_refused_with_its_place_and_nothing_is_written(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    with pytest.raises(Trouble, match=f"(?s){says}"):
        _learn(tmp_path, name, data)
    assert not (tmp_path / "new.json").exists()


def test_a_single_visit_that_met_nobody_lowers_its_kind_more_than_others(tmp_path: Path) -> None:
    here, alike, elsewhere = _learn(tmp_path, "s.csv", (HEAD + "A,2025-12-31,23:40,0,\n").encode())
    assert 0 < here[5] < alike[5] < elsewhere[5]


def test_a_season_that_met_nobody_leaves_small_rates_everywhere(tmp_path: Path) -> None:
    rows = [f"{name},2026-01-{day:02d},23:40,0," for name in "AC" for day in range(1, 29)]
    visited, never, other = _learn(tmp_path, "s.csv", (HEAD + "\n".join(rows)).encode())
    assert 0 < visited[5] < 0.02
    assert 0 < other[5] < 0.02
    assert visited[5] < never[5] < 0.1


def test_nights_over_new_year_count_as_neighbours(tmp_path: Path) -> None:
    over = "A,2025-12-31,23:50,3,\nA,2025-12-31,00:10,3,\nA,2026-01-01,23:50,3,\n"
    within = over.replace("2025-12-31", "2025-12-30").replace("2026-01-01", "2025-12-31")
    old = over.replace("2025-12-31", "2024-12-31")
    rates = [_learn(tmp_path, "s.csv", (HEAD + text).encode())[0] for text in (over, within, old)]
    assert rates[0] == rates[1]
    assert rates[2][6] < rates[0][6]
