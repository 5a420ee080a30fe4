"""Our own engine by its public interface, learning from the same labels as the peers."""

from dataclasses import replace
from importlib import import_module
from typing import Any, Final

Row = dict[str, Any]
Answer = list[tuple[int, float, float]]
FEWEST: Final = 30  # confirmed matches that learning asks for


class Engine:
    """The index over a parquet file of reports."""

    def __init__(self, registry: str, labels: list[tuple[Row, int]]) -> None:
        files: Any = import_module("nuantu.config.launch.match_files")
        engine: Any = import_module("nuantu.linkage.index")
        self.found = files.found_of
        learn: Any = import_module("nuantu.linkage.learn")
        places: Any = import_module("nuantu.places.rules.gazetteer")
        listed = import_module("nuantu.linkage.listed").Listed(places.read_gazetteer())
        reports = files.read_registry(registry)
        taught = [(self.found(row), rid) for row, rid in labels]
        start = replace(
            import_module("nuantu.linkage.parameters").Parameters(),
            closing_day=learn.closing_day([found for found, _ in taught]),
        )
        self.index = engine.Index(reports, start, listed)
        if sum(rid >= 0 for _, rid in taught) >= FEWEST:
            learnt = learn.from_matches(
                self.index, [found for found, _ in taught], [rid for _, rid in taught], start
            )
            self.index = engine.Index(self.index.built, learnt)

    @property
    def alert(self) -> float:
        """The probability from which a report is shown as nearly certain."""
        return float(self.index.parameters.calibration.sure)

    def search(self, row: Row, top: int) -> Answer:
        """(rid, score, probability) from the best down."""
        return _answer(self.index.search(self.found(row), top))

    def batch(self, rows: list[Row], top: int) -> list[Answer]:
        """The same for many queries at once."""
        many = self.index.search_many([self.found(row) for row in rows], top)
        return [_answer(ranking) for ranking in many]


def _answer(ranking: Any) -> Answer:
    return list(
        zip(ranking.rid.tolist(), ranking.score.tolist(), ranking.posterior.tolist(), strict=True)
    )
