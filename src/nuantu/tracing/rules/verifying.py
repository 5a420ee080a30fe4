"""What must have been checked before two people may say that somebody is whom a family misses. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FITS, CONTRADICTS = "fits", "contradicts"
WILLING, QUESTION, DNA, POLICE = "willing", "question", "dna", "police"
PHOTOS: Final = frozenset({"photo_person", "photo_family"})
PROOFS: Final = frozenset({DNA, POLICE})
# checks in which the searcher is asked or shown something
OF_FAMILY: Final = frozenset({QUESTION, "photo_family"})
NEEDS_PROOF: Final = frozenset({"trafficking"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One check and how it came out; the later one of a kind counts."""

    kind: str
    result: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides on how much must be checked. `dangers`: marks of the report."""

    is_minor: bool
    is_dead: bool
    dangers: frozenset[str] = frozenset()


def missing_of(checks: Iterable[Checked], facts: Facts) -> list[str]:
    """Codes of what is missing: `willing`, `question`, `photo`, `proof`; empty when two may confirm.

    The person is asked alone whether the family may know; one question that only the family can answer fits; a photo
    was shown or could not be. Where anything contradicts, for a minor, for the dead and where trafficking is
    suspected, DNA or the police must confirm (民发〔2014〕132号 第四章).
    """
    last = {check.kind: check.result for check in checks}
    found = []
    if WILLING not in last and not facts.is_dead:
        found.append(WILLING)
    if last.get(QUESTION) != FITS:
        found.append(QUESTION)
    if not PHOTOS & set(last):
        found.append("photo")
    is_doubtful = any(
        result == CONTRADICTS for kind, result in last.items() if kind not in {WILLING, *PROOFS}
    )
    needs_proof = (
        is_doubtful or facts.is_minor or facts.is_dead or bool(facts.dangers & NEEDS_PROOF)
    )
    if needs_proof and not any(last.get(kind) == FITS for kind in PROOFS):
        found.append("proof")
    return found


def may_tell_where(checks: Iterable[Checked], facts: Facts) -> bool:
    """Whether the family may be told where he is: he is willing, and nobody is marked who may harm him."""
    last = {check.kind: check.result for check in checks}
    return last.get(WILLING) == FITS and not facts.dangers
