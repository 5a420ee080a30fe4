"""An index is kept in one file."""

from pathlib import Path

import pytest

from nuantu.linkage.explain import explain
from nuantu.linkage.store import Damaged, load, save
from tests.linkage import people
from tests.linkage.test_search import HEARD


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made reports as a file of generation 7."""
    path = tmp_path_factory.mktemp("kept") / "reports.index"
    save(people.index(), path, 7)
    return path


@pytest.mark.parametrize("how", ["cut", "changed", "other", "empty", "version"])
def test_a_file_that_is_not_whole_is_refused(kept: Path, tmp_path: Path, how: str) -> None:
    whole = kept.read_bytes()
    broken = tmp_path / "broken"
    broken.write_bytes(
        {
            "cut": whole[:-100],
            "changed": whole[:-5000] + b"x" + whole[-4999:],
            "other": b"PK\x03\x04 something else",
            "empty": b"",
            "version": whole.replace(b'"version": 1', b'"version": 9', 1),
        }[how]
    )
    with pytest.raises(Damaged):
        load(broken)


def test_what_was_kept_answers_as_before(kept: Path) -> None:
    index, generation = load(kept)
    before, after = people.index().search(HEARD), index.search(HEARD)
    assert generation == 7
    assert after.rid.tolist() == before.rid.tolist()
    assert after.posterior.tolist() == pytest.approx(before.posterior.tolist())
    assert explain(index, HEARD, people.LUO) == explain(people.index(), HEARD, people.LUO)


def test_a_new_file_takes_the_place_of_the_old_one_whole(kept: Path) -> None:
    save(people.index(), kept, 8)
    assert load(kept)[1] == 8
    assert [one.name for one in kept.parent.iterdir()] == ["reports.index"]
