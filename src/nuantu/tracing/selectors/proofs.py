"""Every proof of a notice on a channel, the newest first, with whoever replaced it."""

from dataclasses import dataclass

from nuantu.tracing.models import Posting, PostingProof

STANDS = (PostingProof.Kind.UP, PostingProof.Kind.REPLACED)


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof, and the one that replaced it; None for what counts now."""

    proof: PostingProof
    replaced: PostingProof | None


def proofs_of(posting: Posting) -> list[Kept]:
    """Proofs of a posting, newest first; one query. A proof that it is gone replaces one of the same kind only."""
    later: dict[bool, PostingProof] = {}
    found = []
    for row in posting.proofs.select_related("version").order_by("-put_at", "-pk"):
        stands = row.kind in STANDS
        found.append(Kept(row, later.get(stands)))
        later[stands] = row
    return found


def stands_at(posting: Posting) -> PostingProof | None:
    """The proof by which it is found there now: a link, a number, a screenshot; None where nobody left one."""
    found = posting.proofs.filter(kind__in=STANDS).order_by("-put_at", "-pk")
    return found.first()
