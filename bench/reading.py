"""How well and how fast plan documents are read.

    python -m bench.reading [FOLDER]

FOLDER holds NN-name.txt with NN-name.expected.yaml beside each (default: the shared texts beside the
repository). Facts are counted as the shared score counts them. Goals on documents never seen:
precision 0.92, F1 0.85; on the seed plans 0.95 of the listed figures; 40 pages in 10 s.
"""

import sys
import time
from pathlib import Path

import yaml

from nuantu.planbook.reading import read_document
from tests.planbook import seeds
from tests.planbook.reading import papers, score
from tests.planbook.reading.test_facts import CORPUS, SEEN, SHARED

# their sources turned up while real papers of the genre were searched for
MET = frozenset({"03", "11", "27"})

PAGES = 40
PAGE_LINES = 38


def main(folder: Path = SHARED) -> None:
    stems = [path.stem for path in sorted(folder.glob("*.txt"))]
    for name, names in (
        ("open while writing", [stem for stem in stems if stem[:2] in SEEN]),
        (
            "only scored until 22 November 2026, open since",
            [stem for stem in stems if stem[:2] not in SEEN],
        ),
        ("of these never met", [stem for stem in stems if stem[:2] not in SEEN | MET]),
    ):
        said(f"{name} ({len(names)} documents)", folder, names)
    said("own corpus", CORPUS, [path.stem for path in sorted(CORPUS.glob("*.txt"))])
    texts = seeds.plan_texts()
    outputs = {
        plan: read_document(text.encode(), f"{plan}.txt").as_dict() for plan, text in texts.items()
    }
    hits, total, _ = seeds.recall(outputs)
    print(f"seed plans: {hits} of {total} figures")
    for kind in ("pdf", "docx"):
        print(f"{PAGES} pages of {kind}: {seconds(kind):.1f} s")


def said(name: str, folder: Path, names: list[str]) -> None:
    """One line with precision, recall and F1."""
    counts = []
    for stem in names:
        wanted = yaml.safe_load((folder / f"{stem}.expected.yaml").read_text(encoding="utf-8"))
        counts.append(
            score.count(
                wanted, read_document((folder / f"{stem}.txt").read_bytes(), f"{stem}.txt").facts
            )
        )
    precision, recall, f1 = score.rates(counts)
    print(f"{name}: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}")


def seconds(kind: str) -> float:
    """Time to read a document of 40 full pages, opening included."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))
    # without the titles, which would offer the pages as so many plans
    lines = [line for line in text.split("\n") if "。" in line or ";" in line]
    lines = (lines * (PAGES * PAGE_LINES // len(lines) + 1))[: PAGES * PAGE_LINES]
    pages = ["\n".join(lines[at : at + PAGE_LINES]) for at in range(0, len(lines), PAGE_LINES)]
    data = papers.pdf_of(*pages) if kind == "pdf" else papers.docx_of(*lines)
    before = time.perf_counter()
    read_document(data, f"long.{kind}")
    return time.perf_counter() - before


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
