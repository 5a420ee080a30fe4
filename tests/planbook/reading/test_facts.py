"""Whole documents: our own corpus, the seed plans and, where they are at hand, the shared texts."""

import os
from pathlib import Path

import pytest
import yaml

from nuantu.planbook.reading import read_document
from tests.planbook import seeds
from tests.planbook.reading import score

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(
    os.environ.get("DEV_PLANS") or Path(__file__).resolve().parents[4] / "shared" / "plans" / "dev"
)
# half of the shared texts was open while the rules were written, half was only ever scored
SEEN = frozenset({"01", "05", "09", "13", "17", "21", "25", "29", "33", "37"})


def _score(folder: Path, names: list[str]) -> tuple[float, float, float]:
    counts = []
    for name in names:
        wanted = yaml.safe_load((folder / f"{name}.expected.yaml").read_text(encoding="utf-8"))
        reading = read_document((folder / f"{name}.txt").read_bytes(), f"{name}.txt")
        counts.append(score.count(wanted, reading.facts))
    return score.rates(counts)


def _names(folder: Path) -> list[str]:
    return sorted(
        path.name.removesuffix(".expected.yaml") for path in folder.glob("*.expected.yaml")
    )


@pytest.mark.parametrize("name", _names(CORPUS))
def test_each_document_of_the_corpus_is_read_almost_whole(name: str) -> None:
    precision, recall, _ = _score(CORPUS, [name])
    assert precision >= 0.95
    assert recall >= 0.9


def test_the_measure_can_say_no() -> None:
    assert score.count({"issuer": "白鹭区民政局"}, {"issuer": "青松市总工会"}) == (0, 1, 1)
    assert score.count({"areas": ["车站"]}, {"areas": []}) == (0, 0, 1)
    assert score.rates([(1, 2, 4)])[:2] == (0.5, 0.25)


def test_the_seed_plans_give_up_their_figures() -> None:
    texts = seeds.plan_texts()
    if not texts:
        pytest.skip("the texts of the seed plans are not on this machine (SEED_PLANS)")
    outputs = {
        plan: read_document(text.encode(), f"{plan}.txt").as_dict() for plan, text in texts.items()
    }
    hits, wanted, missed = seeds.recall(outputs)
    assert hits >= 0.95 * wanted, "\n".join(missed)


@pytest.mark.parametrize(("is_seen", "precision", "f1"), [(True, 0.97, 0.97), (False, 0.8, 0.75)])
def test_the_shared_texts_are_read_above_a_floor(
    is_seen: bool, precision: float, f1: float
) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared texts are not on this machine (DEV_PLANS)")
    names = [name for name in _names(SHARED) if (name[:2] in SEEN) == is_seen]
    measured = _score(SHARED, names)
    assert measured[0] >= precision
    assert measured[2] >= f1
