"""A registry made ready to be searched, and the search: no record is left out by a rule.

Every record has a score, the sum of what each field says. Records whose sum can no longer reach the
best ones are left before all their fields are added; a systematic sample of whole sums stands for
them in the denominator of the posterior. None of them weighs more than any record that is listed.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.asking import GROUPS, PARTS, Question, asking
from nuantu.linkage.building import Built, build
from nuantu.linkage.changing import changed
from nuantu.linkage.columns import Found, Registry
from nuantu.linkage.fragments import ROOMS
from nuantu.linkage.kernel_lanes import LANES
from nuantu.linkage.kernel_rows import ALIAS, MARKS, NOBODY, SECOND, SLACK, Asked
from nuantu.linkage.listed import Listed
from nuantu.linkage.looking import SPAN, Above, Begun, Rows
from nuantu.linkage.many import Many
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.signs import signs_of
from nuantu.linkage.sure import LISTED, shared_out

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Evidence = tuple[float, float, float]

SHARED: Final = 200_000  # rows from which a search takes two threads
ALIKE: Final = 0.1  # nats within which two records are equally likely
LITTLE: Final = 1e-9
ENOUGH: Final = 10.0  # log odds beyond which more evidence of one kind adds nothing


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best records, best first: as many as asked for, or fewer where the rest is e^-12 less likely.

    `rid`: report ids; `score`: nats above what anybody gets; `posterior`: that the record is the
    person; `absent`: that he is in no report; `everybody`: log of the sum of exp(score) over all
    records of the registry; `evidence`: what the calibration goes by (`parameters.Calibration`);
    `steep`: by how many nats a nat less of score lowers a posterior; `sure`: the posterior from which a record is
    nearly certain.
    """

    rid: Longs
    score: Floats
    posterior: Floats
    absent: float
    everybody: float
    evidence: Evidence
    steep: float
    sure: float

    @property
    def tied(self) -> int:
        """How many records are as likely as the first: nothing that is known tells them apart."""
        return int((self.score >= self.score[0] - ALIKE).sum()) if len(self.score) else 0

    def without(self, rids: Sequence[int]) -> "Ranking":
        """The same once it is known that he is in none of these: his own earlier report, somebody dead.

        What was given to them is shared out among the others and nobody.
        """
        out = np.isin(self.rid, rids)
        left = max(1.0 - float(self.posterior[out].sum()), LITTLE)
        among = float(np.exp(self.score[out] - self.everybody).sum())
        return replace(
            self, rid=self.rid[~out], score=self.score[~out], posterior=np.minimum(self.posterior[~out] / left, 1.0),
            absent=min(self.absent / left, 1.0), everybody=self.everybody + float(np.log(max(1.0 - among, LITTLE))),
        )  # fmt: skip

    @property
    def is_sure(self) -> bool:
        """Whether the best record is nearly certain."""
        return bool(len(self.rid)) and bool(self.posterior[0] >= self.sure)

    def sure_of(self, score: float) -> float:
        """The posterior of a record that scores so; 0 where nobody is left."""
        if not len(self.rid):
            return 0.0
        return float(self.posterior[0] * np.exp(self.steep * (score - self.score[0])))


@dataclass(frozen=True, slots=True)
class Share:
    """The best of some records, best first; `total`: the sum of exp(score) of all of them; `most`: what any
    could score; `rows`: how many they are; `cut`: whether rows far behind the best were left."""

    rid: Longs
    scores: Floats
    total: float
    most: float
    rows: int
    cut: bool


class Index:
    """Rows are kept by sex, town and village: one block after the other."""

    def __init__(
        self,
        registry: Registry | Built,
        with_: Parameters | None = None,
        gazetteer: Listed | None = None,
    ) -> None:
        """`gazetteer`: for a registry, what lies where; what is built has its own. Raises ValueError for a
        registry without reports."""
        built = registry if isinstance(registry, Built) else build(registry, gazetteer)
        self.built, self.parameters = built, with_ or Parameters()
        self.tree, self.coded, self.records = built.tree, built.coded, built.records
        self.rid = built.rid
        signs = signs_of(self.records.codes, self.coded.classes)
        self.rows = Rows(self.records, self.tree.levels[3].parent, signs)

    def __len__(self) -> int:
        """How many records."""
        return len(self.rid)

    @property
    def bytes_a_row(self) -> float:
        """What a record takes, its id and its block included."""
        kept = (self.rid, self.rows.runs.signs, *self.records)
        return sum(one.nbytes for one in kept) / max(len(self), 1)

    def search(self, found: Found, top: int = 50) -> Ranking:
        """The `top` likeliest records. Raises ValueError when nothing tells one person from another."""
        return self._answered(found, top, 2 if len(self) >= SHARED else 1)

    def search_many(self, found: Sequence[Found], top: int = 50, threads: int = 2) -> list[Ranking]:
        """The same for many: of a large registry each row is read once for a group of them. Raises ValueError
        as `search` does."""
        size = LANES if len(self) >= SHARED else 1
        alike = sorted(range(len(found)), key=lambda place: _told(found[place]))
        groups = [alike[place : place + size] for place in range(0, len(alike), size)]
        with ThreadPoolExecutor(max(threads, 1)) as pool:
            each = pool.map(lambda group: self._grouped([found[one] for one in group], top), groups)
            answers = dict(zip(alike, (one for answer in each for one in answer), strict=True))
        del self.coded.places.rooms[ROOMS:]
        return [answers[place] for place in range(len(found))]

    def add(self, reports: Registry) -> "Index":
        """The index with these reports, as if built anew; this one stays as it is for searches under way.

        A report takes the place of one with its id. Raises ValueError for an id that comes twice.
        """
        return self.changed(reports)

    def remove(self, rids: Sequence[int]) -> "Index":
        """The index without these reports; ids that are not here are passed over.

        Raises ValueError when none would be left.
        """
        return self.changed(None, rids)

    def changed(self, reports: Registry | None, gone: Sequence[int] = ()) -> "Index":
        """Both at once, `gone` first: told a second time, a change alters nothing."""
        more = reports if reports is not None and len(reports) else None
        new = np.zeros(0, np.int64) if more is None else more.rid
        if len(np.unique(new)) < len(new):
            message = "an id stands twice among the reports"
            raise ValueError(message)
        left = np.flatnonzero(np.isin(self.rid, np.concatenate([new, np.array(gone, np.int64)])))
        if more is None and not len(left):
            return self
        return Index(
            changed(self.built, left, None if more is None else build(more)), self.parameters
        )

    def rows_of(self, rids: Sequence[int]) -> Longs:
        """The rows of reports by their ids. Raises KeyError for an id that is not here."""
        wanted = np.asarray(rids, np.int64)
        by_rid = self._by_rid
        places = np.minimum(np.searchsorted(self.rid, wanted, sorter=by_rid), len(self) - 1)
        strange = wanted[self.rid[by_rid[places]] != wanted]
        if len(strange):
            message = f"no such report: {strange[:3].tolist()}"
            raise KeyError(message)
        found: Longs = by_rid[places]
        return found

    def parts(self, question: Question, rows: Longs) -> Floats:
        """What each of PARTS brings to the score of some rows, shape (rows, PARTS)."""
        blocks, codes = self.rows.lying(rows)
        of, homes = self.records, question.homes
        found = np.zeros((len(rows), len(PARTS)))
        for field, (table, group) in enumerate(zip(question.tables, GROUPS, strict=True)):
            if table.size == 1 and field != MARKS:
                continue
            code = codes[field] if field <= ALIAS else codes[SECOND]
            says = table[of.region[blocks] if len(table) > 1 else 0, code]
            if field >= ALIAS:
                says = np.where((codes[ALIAS] == 0) == (field > ALIAS), says, 0.0)
            found[:, PARTS.index(group)] += says
        home = homes.of(of.town[blocks], of.known[blocks], of.village[rows])
        accent = question.accent[self.tree.province_of[3][of.town[blocks]]]
        found[:, PARTS.index("accent")] = accent
        found[:, PARTS.index("place")] = home - accent
        found[:, PARTS.index("sex")] = question.asked.sex[of.sex[blocks]]
        return found

    @cached_property
    def _many(self) -> Many:
        return Many(self.rows)

    @cached_property
    def _by_rid(self) -> Longs:
        return np.argsort(self.rid, kind="stable")

    def _answered(self, found: Found, top: int, threads: int) -> Ranking:
        with asking(self.coded, found, self.parameters, threads) as question:
            return self.ranked(question, top, threads)

    def _grouped(self, found: Sequence[Found], top: int) -> list[Ranking]:
        """Some, each in one thread."""
        if len(found) == 1:
            return [self._answered(found[0], top, 1)]
        with ExitStack() as open_:
            asked = [
                open_.enter_context(asking(self.coded, one, self.parameters)).asked for one in found
            ]
            begun = [self.rows.begun(one) for one in asked]
            each = list(zip(asked, begun, strict=True))
            above = self._many.above(each, min(max(top, LISTED), len(self)))
            shares = [self.shared(*one, of, top) for one, of in zip(each, above, strict=True)]
        return [listed([one], top, self.parameters) for one in shares]

    def ranked(self, question: Question, top: int, threads: int = 1) -> Ranking:
        """The `top` likeliest records for a question."""
        return listed([self.share(question, top, threads)], top, self.parameters)

    def share(self, question: Question, top: int, threads: int = 1) -> Share:
        """What these records bring to a ranking: the `top` best of them and the weight of all."""
        begun, asked = self.rows.begun(question.asked), question.asked
        wanted = min(max(top, LISTED), len(self))
        return self.shared(asked, begun, self.rows.above(asked, begun, wanted, threads), top)

    def shared(self, asked: Asked, begun: Begun, above: Above, top: int) -> Share:
        """The same once the best rows are known."""
        low = begun.sampled[begun.sampled <= above.least + SLACK]
        exact = above.scores[above.scores > above.least + SLACK]
        order = np.lexsort((self.rid[above.rows], -above.scores))[: max(top, LISTED)]
        return Share(
            self.rid[above.rows[order]].astype(np.int64), above.scores[order],
            float(np.exp(exact).sum()) + float(np.exp(low).sum()) * self.rows.step,
            begun.nearest + float(asked.most[-1, 0]), len(self), above.least > NOBODY,
        )  # fmt: skip


def listed(shares: Sequence[Share], top: int, parameters: Parameters) -> Ranking:
    """One ranking of records that were looked at apart from each other, under one `Coded`."""
    rid = np.concatenate([one.rid for one in shares])
    scores = np.concatenate([one.scores for one in shares])
    order = np.lexsort((rid, -scores))[: max(top, LISTED)]
    best, rows = scores[order], sum(one.rows for one in shares)
    if any(one.cut for one in shares):
        best = best[best >= best[0] - SPAN]
    everybody = float(np.log(max(sum(one.total for one in shares), np.exp(best[0]))))
    among = float(best[0]) - everybody
    evidence = (
        float(np.clip(among - np.log(max(-np.expm1(among), 1e-9)), -ENOUGH, ENOUGH)),
        float(np.clip(everybody - np.log(rows), -ENOUGH, 1.5 * ENOUGH)),
        max(max(one.most for one in shares) - float(best[0]), 0.0),
    )
    chance, steep = shared_out(best, everybody, parameters.calibration.chance(evidence))
    best, present = best[:top], min(chance / np.exp(among), 1.0)
    posterior = chance * np.exp(steep * (best - best[0]))
    return Ranking(
        rid[order[: len(best)]], best, posterior, 1.0 - present, everybody, evidence, steep,
        parameters.calibration.sure,
    )  # fmt: skip


def _told(found: Found) -> tuple[bool, ...]:
    """What is told of somebody: whoever is alike there needs the same fields."""
    return (
        bool(found.nickname), bool(found.given), bool(found.surname), bool(found.places), bool(found.marks),
        bool(found.found_county),
    )  # fmt: skip
