"""The linear programme over walks: which mixture of them meets most people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import highspy
import numpy as np

from nuantu.routing.bounding.folding import SIDES, Row
from nuantu.routing.bounding.grid import Crew, Doubles
from nuantu.routing.bounding.walks import Walk

PRIMAL = 4  # what new walks leave is a basis that the primal simplex can go on from
NO_INDEX = np.array([], np.int32)
NO_VALUE = np.array([], np.float64)


class Master:
    """Rows of the locations first, then one for each crew: no more routes than it has shifts."""

    def __init__(self, rows: Sequence[Row], crews: Sequence[Crew], places: int) -> None:
        self.rows, self.crews = rows, crews
        self.most = np.array([*(row.most for row in rows), *(crew.shifts for crew in crews)], float)
        self.of_place: list[list[int]] = [[] for _place in range(places)]
        for number, row in enumerate(rows):
            self.of_place[row.place].append(number)
        self.known: set[tuple[int, tuple[int, ...]]] = set()
        library: Any = highspy  # its constructor carries no types
        self.programme = library.Highs()
        self.programme.setOptionValue("output_flag", False)
        self.programme.setOptionValue("threads", 1)
        self.programme.setOptionValue("simplex_strategy", PRIMAL)
        self.programme.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for most in self.most:
            self.programme.addRow(-highspy.kHighsInf, float(most), 0, NO_INDEX, NO_VALUE)
        self._let_miss()

    def _let_miss(self) -> None:
        """What is owed may be missed at the price of the best visit of all, so that there always is
        a mixture; a price too low would make the bound wider, never wrong."""
        price = max((float(crew.pay.max(initial=0.0)) for crew in self.crews), default=0.0)
        for number, row in enumerate(self.rows):
            if row.most < 0:
                index, value = np.array([number], np.int32), np.array([-1.0])
                self.programme.addCol(-price, 0.0, float(-row.most), 1, index, value)

    def take(self, walks: Iterable[Walk]) -> int:
        """Add the walks that are new; how many were."""
        return sum(self._add(walk) for walk in walks)

    def _add(self, walk: Walk) -> bool:
        key = (walk.crew, walk.places)
        if key in self.known:
            return False
        self.known.add(key)
        side = self.crews[walk.crew].side
        shares: Counter[int] = Counter({len(self.rows) + walk.crew: 1})
        for place in walk.places:
            for number in self.of_place[place]:
                shares[number] += self.rows[number].share[side]
        index = np.array(sorted(number for number, share in shares.items() if share), np.int32)
        values = np.array([shares[number] for number in index], np.float64)
        self.programme.addCol(walk.encounters, 0.0, highspy.kHighsInf, len(index), index, values)
        return True

    def solve(self) -> tuple[float, Doubles]:
        """The best mixture of the walks known so far, and the price of each row."""
        self.programme.run()
        prices = np.maximum(np.array(self.programme.getSolution().row_dual), 0.0)
        return float(self.programme.getInfo().objective_function_value), prices

    def of_visits(self, prices: Doubles) -> Doubles:
        """[2, N] what a visit costs on each side of the week."""
        found = np.zeros((SIDES, len(self.of_place)))
        for number, row in enumerate(self.rows):
            for side in range(SIDES):
                found[side, row.place] += row.share[side] * prices[number]
        return found
