"""`./nuantu match clusters` on files: what cannot be read is refused, rows of one person get one number."""

from pathlib import Path

import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from nuantu.config.launch.match import main
from nuantu.config.launch.match_clusters import columns_of
from nuantu.config.launch.trouble import Trouble

SPEC = "given:name:surname,surname:name:given,born:date"
GIVEN = ("Ada", "Boris", "Clara", "Dmitri", "Esther", "Felix")
SURNAMES = ("Quill", "Rowan", "Saxby", "Thorne", "Umber", "Vance")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Thirty-six people; the last six rows are the first six once more, with names the other way round."""
    people = [
        (given, surname, f"19{10 + 8 * one + other}-0{1 + one}-1{other}")
        for one, given in enumerate(GIVEN)
        for other, surname in enumerate(SURNAMES)
    ]
    people += [(surname, given, born) for given, surname, born in people[:6]]
    path = tmp_path / "people.csv"
    lines = ["given,surname,born", *(",".join(one) for one in people)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("given", "should be column:kind"),
        ("given:person", "“given:person” should be column:kind"),
        (":name", "should be column:kind"),
        ("given:name,given:text", "given stands twice"),
        ("given:name:surname", "surname, which given is taken for, is not among them"),
    ],
)
def test_a_description_that_cannot_be_is_refused(spec: str, said: str) -> None:
    with pytest.raises(Trouble, match=said):
        columns_of(spec)


def test_a_file_that_is_not_there_is_empty_or_lacks_a_column_is_refused(
    table: Path, tmp_path: Path
) -> None:
    def refused(file: Path, spec: str = SPEC) -> str:
        with pytest.raises(Trouble) as trouble:
            main(["clusters", str(file), "--columns", spec])
        return trouble.value.english

    assert "cannot be read" in refused(tmp_path / "nothing.csv")
    assert "lacks the columns town" in refused(table, "given:name,town:text")
    empty = tmp_path / "empty.csv"
    empty.write_text("given,surname,born\n", encoding="utf-8")
    assert "holds no row" in refused(empty)


@pytest.mark.slow  # the first time, the comparators are compiled
def test_rows_of_one_person_get_one_number_in_a_file_that_keeps_all_columns(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.parquet"
    assert main(["clusters", str(table), "--columns", SPEC, "-o", str(out)]) == 0
    rows = pq.read_table(out).to_pydict()
    assert list(rows) == ["given", "surname", "born", "cluster"]
    assert rows["cluster"][36:] == rows["cluster"][:6]
    assert len(set(rows["cluster"])) == 36
    assert "42 rows, 36 clusters" in capsys.readouterr().err
    again = tmp_path / "again.csv"
    main(["clusters", str(out), "--columns", SPEC, "-o", str(again)])
    assert pacsv.read_csv(again).column_names[-1] == "cluster_found"


@pytest.mark.slow  # the first time, the comparators are compiled
def test_without_a_file_to_write_the_rows_of_each_group_are_printed(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["clusters", str(table), "--columns", SPEC])
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [one[1:] for one in lines] == [[str(row), str(row + 36)] for row in range(1, 7)]
