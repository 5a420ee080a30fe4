"""Two whole tables linked one to one, and new reports watched for against everybody who is still unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from nuantu.linkage.asking import asking
from nuantu.linkage.columns import Found
from nuantu.linkage.index import Index

RIVALS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A found person, by his place in the list, and a report; `posterior`: that they are one."""

    found: int
    rid: int
    posterior: float


def link(index: Index, found: Sequence[Found], least: float = 0.5, threads: int = 2) -> list[Pair]:
    """Each person with at most one report and each report with at most one person, the surest first.

    Whoever said nothing stays alone. Raises ValueError for a `least` outside 0 to 1.
    """
    if not 0.0 <= least <= 1.0:
        message = "the least posterior is between 0 and 1"
        raise ValueError(message)
    told = [place for place, one in enumerate(found) if not one.is_empty]
    rankings = index.search_many([found[place] for place in told], RIVALS, threads)
    pairs = [
        Pair(place, rid, posterior)
        for place, ranking in zip(told, rankings, strict=True)
        for rid, posterior in zip(ranking.rid.tolist(), ranking.posterior.tolist(), strict=True)
        if posterior >= least
    ]
    people, reports, kept = set(), set(), []
    for pair in sorted(pairs, key=lambda one: (-one.posterior, one.found, one.rid)):
        if pair.found not in people and pair.rid not in reports:
            people.add(pair.found)
            reports.add(pair.rid)
            kept.append(pair)
    return kept


def watch(
    index: Index, rids: Sequence[int], unknown: Sequence[Found], least: float = 0.1
) -> list[Pair]:
    """The reports `rids` of the index against everybody who is still unknown, the surest first.

    The posterior is that among all reports of the index. Raises KeyError for a report not in it.
    """
    rows, pairs = index.rows_of(rids), []
    for place, one in enumerate(unknown):
        if one.is_empty:
            continue
        with asking(index.coded, one, index.parameters) as question:
            ranking = index.ranked(question, 2)
            scores = index.parts(question, rows).sum(axis=1).tolist()
        pairs += [
            Pair(place, rid, posterior)
            for rid, score in zip(rids, scores, strict=True)
            if (posterior := ranking.sure_of(score)) >= least
        ]
    return sorted(pairs, key=lambda pair: (-pair.posterior, pair.found, pair.rid))
