"""Full text search with BM25, as Elasticsearch and Solr do it: tantivy with names and places by
character, by sound and folded, and fields as words. Boosts were tried on other seeds than are judged.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from bench.identity.features import (
    Row,
    birth_year,
    folded,
    marks_of,
    places_of_query,
    places_of_report,
    sounds,
)

HEAP: Final = 400_000_000
BOOSTS: Final = {
    "s": 1.0, "sp": 0.8, "sf": 0.8, "g": 1.0, "gp": 1.0, "gf": 1.0, "gl": 0.6, "a": 1.2, "ap": 0.8, "p": 1.0, "pp": 0.8,
    "pf": 0.8, "pb": 0.4, "x": 0.6, "y": 0.6, "yy": 0.5, "c": 1.2, "cc": 0.8, "cp": 0.5, "h": 0.3, "m": 0.7, "o": 0.5,
}  # fmt: skip


class Engine:
    """One index in memory; every word carries the name of its field."""

    def __init__(self, rows: list[Row], _labels: list[tuple[Row, int]]) -> None:
        library: Any = import_module("tantivy")
        builder = library.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("rid", stored=True)
        self.library, self.schema = library, builder.build()
        self.index = library.Index(self.schema)
        self.rids = [row["rid"] for row in rows]
        writer = self.index.writer(HEAP, 2)
        for row in rows:
            writer.add_document(
                library.Document(words=" ".join(_words_of_report(row)), rid=row["rid"])
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, row: Row, top: int) -> list[tuple[int, float, float]]:
        """(rid, score, -1) from the best down; BM25 knows no probability."""
        query = self.library.Query
        words: dict[str, float] = {}
        for field, word in _words_of_query(row):
            words[f"{field}:{word}"] = BOOSTS[field]
        parts = [
            (
                self.library.Occur.Should,
                query.boost_query(query.term_query(self.schema, "words", word), boost),
            )
            for word, boost in words.items()
        ]
        hits = self.searcher.search(query.boolean_query(parts), top).hits
        return [
            (int(self.searcher.doc(address).get_first("rid")), float(score), -1.0)
            for score, address in hits
        ]


def _words_of_report(row: Row) -> Iterator[str]:
    for field, word in _names(row["surname"], row["given"], row["alias"]):
        yield f"{field}:{word}"
    for place in places_of_report(row):
        for field, word in _place(place):
            yield f"{field}:{word}"
    yield f"x:{row['sex']}"
    if row["birth_year"] > 0:
        yield f"y:{row['birth_year'] // 5}"
        yield f"yy:{row['birth_year'] // 10}"
    yield f"c:{row['lost_county']}"
    yield f"cc:{row['lost_county'][:4]}"
    yield f"cp:{row['lost_county'][:2]}"
    if row["height"] > 0:
        yield f"h:{row['height'] // 6}"
    yield from (f"m:{bit}" for bit in marks_of(row))


def _words_of_query(row: Row) -> Iterator[tuple[str, str]]:
    yield from _names(row["h_surname"], row["h_given"], row["h_nick"])
    if row["h_nick"]:  # 阿华 may be the 华 of a given name
        yield "gl", folded(row["h_nick"])[-1]
    for place in places_of_query(row):
        yield from _place(place)
    yield "x", row["sex"]
    year = birth_year(row)
    if year > 0:
        reach = max(2, row["age"] // 12)
        yield from (("y", str(five)) for five in {(year + off) // 5 for off in (-reach, 0, reach)})
        yield "yy", str(year // 10)
    if row["found_county"]:
        yield "c", row["found_county"]
        yield "cc", row["found_county"][:4]
        yield "cp", row["found_county"][:2]
    if row["height"] > 0:
        yield from (("h", str(six)) for six in {(row["height"] + off) // 6 for off in (-3, 3)})
    yield from (("m", str(bit)) for bit in marks_of(row))


def _names(surname: str, given: str, alias: str) -> Iterator[tuple[str, str]]:
    if surname:
        yield "s", surname
        yield "sp", "".join(sounds(surname))
        yield "sf", "".join(folded(surname))
    if given:
        yield "g", given
        yield "gp", "".join(sounds(given))
        yield "gf", "".join(folded(given))
        yield "gl", folded(given)[-1]
        yield from (("g", character) for character in given)
    if alias:
        yield "a", alias
        yield "ap", "".join(folded(alias))


def _place(place: str) -> Iterator[tuple[str, str]]:
    yield "p", place
    yield "pp", "".join(sounds(place))
    parts = folded(place)
    yield "pf", "".join(parts)
    yield from (("pb", part) for part in parts)
