"""`./nuantu match` says which column and row it cannot use, and reads what people really type."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from defusedxml import ElementTree

from nuantu.config.launch.match import main
from nuantu.config.launch.match_files import found_of, read_queries, read_registry
from nuantu.config.launch.match_plots import held, precision_recall
from nuantu.config.launch.trouble import Trouble

REPORTS = """rid,surname,given,alias,sex,birth_year,height,prov,city,county,town,village,lost_day,lost_county,marks
7,欧阳,翀,,M,1975,170,湖南省,怀化市,洪江市,安江镇,,12000,431281,4
8,罗,秀英,阿英,F,,,湖南省,怀化市,黔阳县,,,12100,,0
"""
QUERIES = """qid,h_surname,h_given,h_nick,sex,age,height,places,accent,found_day,found_county,marks
1,歐陽,翀,,M,48,168,黔陽|安江,43,12100,431281,4
2,,,,,,,,,,,
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    reports, queries = tmp_path / "reports.csv", tmp_path / "queries.csv"
    reports.write_text(REPORTS, encoding="utf-8-sig")
    queries.write_text(QUERIES, encoding="utf-8")
    return reports, queries


def _refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble) as trouble:
        read_registry(path)
    return str(trouble.value)


def test_a_file_of_another_kind_or_without_a_column_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "reports.parquet"
    wrong.write_bytes(b"PK not parquet")
    with pytest.raises(Trouble, match="neither parquet nor CSV"):
        read_registry(wrong)
    assert "lost_county" in _refused(tmp_path / "a.csv", REPORTS.replace("lost_county", "place"))
    with pytest.raises(Trouble, match="cannot be read"):
        read_registry(tmp_path / "nothing.csv")


def test_each_value_that_cannot_be_used_is_named_by_column_and_row(tmp_path: Path) -> None:
    bad = REPORTS.replace("8,罗,秀英", "7,4.5E+17,秀英").replace("F,,,", "X,1075,tall,")
    said = _refused(tmp_path / "a.csv", bad.replace("12100,,0", "12100,43,1.5"))
    for line in (
        "a.csv has 7 things to mend",
        "row 2, rid: id 7 stands twice",
        "row 2, surname: 4.5E+17 is a long number that a spreadsheet has rewritten",
        "第 2 行 sex：“X”应为 M、F 或空",
        "row 2, birth_year: 1075 is not between 1880 and 2100",
        "row 2, height: “tall” is not a whole number",
        "row 2, lost_county: “43” should be a division code of 6 digits",
        "row 2, marks: “1.5” is not a whole number",
    ):
        assert line in said


def test_traditional_script_and_wide_letters_are_read_and_parquet_says_the_same(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    found = found_of(read_queries(files[1])[0])
    assert (found.surname, list(found.places), found.age) == ("欧阳", ["黔阳", "安江"], 48)
    rows = [
        dict(zip(REPORTS.split("\n", maxsplit=1)[0].split(","), line.split(","), strict=True))
        for line in REPORTS.split()[1:]
    ]
    numbers = {"rid", "birth_year", "height", "lost_day", "marks"}
    table = {
        name: [int(row[name] or -1) if name in numbers else row[name] or None for row in rows]
        for name in rows[0]
    }
    pq.write_table(pa.table(table), tmp_path / "reports.parquet")
    one, other = read_registry(files[0]), read_registry(tmp_path / "reports.parquet")
    assert one.home[2].values == other.home[2].values == ("洪江市", "黔阳县")
    assert one.birth_year.tolist() == other.birth_year.tolist() == [1975, -1]
    assert one.sex.tolist() == [2, 1]


@pytest.mark.slow
def test_a_query_that_says_nothing_is_left_out_and_the_likeliest_report_stands_first(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--registry", str(files[0]), "--queries", str(files[1])]
    assert main(["search", *given, "-o", str(tmp_path / "out.parquet")]) == 0
    assert "queries 2 say nothing" in capsys.readouterr().err
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (rows[0]["qid"], rows[0]["rank"], rows[0]["rid"]) == (1, 1, 7)
    assert rows[-1]["rid"] == -1
    assert sum(row["posterior"] for row in rows) == pytest.approx(1, abs=0.01)
    assert main(["explain", *given, "--qid", "1", "--rid", "7", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "安江" in told
    *parts, total = [float(line.split()[0]) for line in told.splitlines()]
    assert sum(parts) == pytest.approx(total, abs=0.1)
    with pytest.raises(Trouble, match="没有报告 9"):
        main(["explain", *given, "--qid", "1", "--rid", "9"])


def test_precision_and_calibration_are_counted_from_the_surest_answer_down() -> None:
    chance, right = np.array([0.9, 0.5, 0.9, 0.2]), np.array([True, False, False, True])
    recall, precision = precision_recall(chance, right, 4)
    assert recall.tolist() == [0.25, 0.25, 0.5]
    assert precision.tolist() == pytest.approx([0.5, 1 / 3, 0.5])
    assert held(chance, right) == [(0.2, 1.0, 1), (0.5, 0.0, 1), (0.9, 0.5, 2)]
    assert [len(one) for one in precision_recall(chance[:0], right[:0], 0)] == [0, 0]


@pytest.mark.slow
def test_an_index_is_kept_for_the_very_file_and_made_anew_when_it_is_damaged(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A later report is watched for; three pictures are drawn of what is measured."""
    kept = tmp_path / "reports.index"
    given = ["--registry", str(files[0]), "--queries", str(files[1]), "--no-gazetteer", "--index"]
    nowhere = str(tmp_path / "none" / "reports.index")
    with pytest.raises(Trouble, match="写不了"):
        main(["search", *given, nowhere])
    given.append(str(kept))
    assert main(["search", *given]) == 0
    first, written = capsys.readouterr().out, kept.stat().st_mtime_ns
    assert main(["search", *given]) == 0
    assert (capsys.readouterr().out, kept.stat().st_mtime_ns) == (first, written)
    kept.write_bytes(kept.read_bytes()[:-3])
    assert main(["search", *given]) == 0
    told = capsys.readouterr()
    assert told.out == first
    assert "made anew" in told.err
    new = tmp_path / "new.csv"
    new.write_text(
        REPORTS.splitlines()[0]
        + "\n9,欧阳,翀,,M,1975,170,湖南省,怀化市,洪江市,安江镇,,12000,431281,4\n"
    )
    assert main(["watch", *given, "--new", str(new)]) == 0
    qid, rid, posterior = capsys.readouterr().out.split()
    assert (qid, rid) == ("1", "9")
    assert 0.1 <= float(posterior) <= 0.5
    lines = files[1].read_text(encoding="utf-8").splitlines()
    files[1].write_text("\n".join([lines[0] + ",truth", lines[1] + ",7"]), encoding="utf-8")
    assert main(["bench", *given, "--plots", str(tmp_path / "plots"), "--lang", "en"]) == 0
    pictures = {one.name: one.read_text(encoding="utf-8") for one in (tmp_path / "plots").iterdir()}
    assert set(pictures) == {"precision-recall.svg", "calibration.svg", "waterfall.svg"}
    assert "family name" in pictures["waterfall.svg"]
    for text in pictures.values():
        assert ElementTree.fromstring(text).tag.endswith("svg")
