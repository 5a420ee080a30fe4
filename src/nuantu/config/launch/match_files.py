"""Files of `./nuantu match`: reports and queries as parquet or CSV, read or refused row by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from nuantu.config.launch.trouble import Trouble
from nuantu.linkage.columns import SEX, UNKNOWN, Found, Registry, Words
from nuantu.planbook.reading.normal import simplified

Numbers = NDArray[np.int64]
SHOWN: Final = 20
MARKS: Final = 40
LATEST_DAY: Final = 36_500
WHOLE: Final = {  # least and most that can be true; -1 is unknown
    "rid": (0, 2**62),
    "qid": (0, 2**62),
    "truth": (0, 2**62),
    "birth_year": (1880, 2100),
    "height": (30, 250),
    "age": (0, 130),
    "lost_day": (0, LATEST_DAY),
    "found_day": (0, LATEST_DAY),
    "marks": (0, 2**MARKS - 1),
}
HOME: Final = ("prov", "city", "county", "town", "village")
REPORT: Final = (
    "rid", "surname", "given", "alias", "sex", "birth_year", "height", *HOME, "lost_day", "lost_county", "marks",
)  # fmt: skip
QUERY: Final = (
    "qid", "h_surname", "h_given", "h_nick", "sex", "age", "height", "places", "accent", "found_day", "found_county",
    "marks",
)  # fmt: skip
FIGURE: Final = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")
CODES: Final = {
    "lost_county": re.compile(r"(?:\d{6})?"),
    "found_county": re.compile(r"(?:\d{6})?"),
    "accent": re.compile(r"(?:\d{2})?"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One value that cannot be used; rows count from 1, without the line of names."""

    column: str
    row: int
    chinese: str
    english: str


@dataclass(slots=True)
class Sheet:
    """A table that is being read, and what is wrong in it."""

    name: str
    table: Any
    mistakes: list[Mistake] = field(default_factory=list)
    wrong: int = 0

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def blame(
        self, column: str, rows: NDArray[np.int64], said: Callable[[int], tuple[str, str]]
    ) -> None:
        """Count these rows as wrong and keep the first of them."""
        self.wrong += len(rows)
        for row in rows[: max(0, SHOWN - len(self.mistakes))]:
            self.mistakes.append(Mistake(column, int(row) + 1, *said(int(row))))

    def whole(self, column: str) -> Numbers:
        """A column of whole numbers; an empty cell is unknown."""
        given = self.table[column].combine_chunks()
        if pa.types.is_integer(given.type):
            numbers = given.fill_null(UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int64)
        else:
            numbers = self._parsed(column, given.to_pylist())
        least, most = WHOLE[column]
        bad = np.flatnonzero((numbers != UNKNOWN) & ((numbers < least) | (numbers > most)))
        if column == "birth_year":
            bad = bad[numbers[bad] != 0]
        self.blame(
            column,
            bad,
            lambda row: (
                f"{numbers[row]} 不在 {least} 到 {most} 之间",
                f"{numbers[row]} is not between {least} and {most}",
            ),
        )
        return np.where(numbers < 0, UNKNOWN, numbers)

    def _parsed(self, column: str, cells: Sequence[object]) -> Numbers:
        numbers = np.full(len(cells), UNKNOWN, np.int64)
        bad = []
        for row, cell in enumerate(cells):
            text = "" if cell is None else str(cell).strip()
            if not text or text == "nan":
                continue
            try:
                numbers[row] = _number(text)
            except (ValueError, OverflowError):
                bad.append(row)
        self.blame(column, np.array(bad, np.int64), lambda row: _not_whole(str(cells[row])))
        return numbers

    def words(self, column: str) -> Words:
        """A column of words: narrow forms, simplified script, no spaces around."""
        given = self.table[column].combine_chunks()
        if pa.types.is_dictionary(given.type):
            given = given.dictionary_decode()
        if not (pa.types.is_string(given.type) or pa.types.is_large_string(given.type)):
            given = given.cast(pa.string())
        coded = given.fill_null("").dictionary_encode()
        raw: list[str] = coded.dictionary.to_pylist()
        codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32)
        self._check_words(column, raw, codes)
        clean = Words.of(_clean(word) for word in raw)
        return Words(clean.codes[codes] if len(raw) else codes, clean.values)

    def _check_words(self, column: str, raw: list[str], codes: NDArray[np.int32]) -> None:
        form = CODES.get(column)
        bad = [number for number, word in enumerate(raw) if _is_wrong(word, form)]
        if bad:
            rows = np.flatnonzero(np.isin(codes, bad))
            self.blame(column, rows, lambda row: _wrong_word(raw[codes[row]], form))

    def unique(self, column: str, numbers: Numbers) -> None:
        """Every row needs its own id."""
        _, first = np.unique(numbers, return_index=True)
        again = np.setdiff1d(np.arange(len(numbers)), first)
        self.blame(
            column,
            again,
            lambda row: (f"编号 {numbers[row]} 已出现过", f"id {numbers[row]} stands twice"),
        )
        unknown = np.flatnonzero(numbers == UNKNOWN)
        self.blame(column, unknown, lambda _row: ("没有编号", "has no id"))

    def done(self) -> None:
        """Raises Trouble that names the first mistakes by column and row."""
        if not self.wrong:
            return
        rest = self.wrong - len(self.mistakes)
        more = (f"  ……另有 {rest} 处", f"  … and {rest} more") if rest else ("", "")
        chinese = [f"  第 {m.row} 行 {m.column}：{m.chinese}" for m in self.mistakes]
        english = [f"  row {m.row}, {m.column}: {m.english}" for m in self.mistakes]
        raise Trouble(
            "\n".join(
                [f"{self.name} 有 {self.wrong} 处需要改正：", *chinese, *filter(None, more[:1])]
            ),
            "\n".join(
                [f"{self.name} has {self.wrong} things to mend:", *english, *filter(None, more[1:])]
            ),
        )


def read_registry(name: str | Path) -> Registry:
    """Missing-person reports. Raises Trouble with the columns and rows that cannot be used."""
    sheet = _sheet(Path(name), REPORT)
    rid = sheet.whole("rid")
    sheet.unique("rid", rid)
    words = {column: sheet.words(column) for column in REPORT if column not in WHOLE}
    registry = Registry(
        rid,
        words["surname"],
        words["given"],
        words["alias"],
        _sexes(sheet, words["sex"]),
        sheet.whole("birth_year").astype(np.int32),
        sheet.whole("height").astype(np.int32),
        (words["prov"], words["city"], words["county"], words["town"], words["village"]),
        sheet.whole("lost_day").astype(np.int32),
        words["lost_county"],
        np.maximum(sheet.whole("marks"), 0).astype(np.uint64),
    )
    sheet.done()
    if not len(registry):
        raise Trouble(f"{name} 里没有一条报告", f"{name} holds no report")
    return registry


def read_queries(name: str | Path) -> list[dict[str, Any]]:
    """Queries as rows of clean values, with level, truth and mode where the file has them. Raises
    Trouble with the columns and rows that cannot be used."""
    sheet = _sheet(Path(name), QUERY)
    columns: dict[str, list[Any]] = {}
    for column in QUERY:
        if column in WHOLE:
            columns[column] = sheet.whole(column).tolist()
        else:
            words = sheet.words(column)
            columns[column] = [words.values[code] for code in words.codes]
            if column == "sex":
                _sexes(sheet, words)
    sheet.unique("qid", np.array(columns["qid"], np.int64))
    if "truth" in sheet.table.column_names:
        columns["truth"] = sheet.whole("truth").tolist()
    sheet.done()
    if "level" in sheet.table.column_names:
        columns["level"] = sheet.table["level"].to_pylist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def found_of(row: Mapping[str, Any]) -> Found:
    """A row of queries as the engine wants it."""
    return Found(
        surname=row["h_surname"],
        given=row["h_given"],
        nickname=row["h_nick"],
        sex=row["sex"],
        age=row["age"],
        height=row["height"],
        places=tuple(one for one in row["places"].split("|") if one),
        accent=row["accent"],
        found_day=row["found_day"],
        found_county=row["found_county"],
        marks=max(row["marks"], 0),
    )


def read_text(name: str | Path, wanted: Sequence[str]) -> dict[str, list[str | None]]:
    """All columns of any table as text, of which those `wanted` must be there. Raises Trouble when it cannot be read."""
    table = _sheet(Path(name), wanted).table
    return {column: table[column].cast(pa.string()).to_pylist() for column in table.column_names}


def write_table(name: str, columns: Mapping[str, Sequence[object]]) -> None:
    """A .csv by its name, else parquet. Raises Trouble when it cannot be written."""
    table = pa.table(dict(columns))
    try:
        if name.endswith(".csv"):
            pacsv.write_csv(table, name)
        else:
            pq.write_table(table, name)
    except OSError as error:
        raise Trouble(f"写不了 {name}：{error}", f"{name} cannot be written: {error}") from error


def _sheet(path: Path, wanted: Sequence[str]) -> Sheet:
    try:
        table = _csv(path) if path.suffix.lower() == ".csv" else pq.read_table(path)
    except OSError as error:
        raise Trouble(f"读不了 {path}：{error}", f"{path} cannot be read: {error}") from error
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise Trouble(
            f"{path} 不是 parquet，也不是 UTF-8 的 CSV：{error}",
            f"{path} is neither parquet nor CSV in UTF-8: {error}",
        ) from error
    missing = [column for column in wanted if column not in table.column_names]
    if missing:
        names = ", ".join(missing)
        raise Trouble(f"{path} 缺少列：{names}", f"{path} lacks the columns {names}")
    return Sheet(str(path), table)


def _csv(path: Path) -> Any:
    names = path.read_text("utf-8-sig").partition("\n")[0].strip().split(",")
    as_text = {name.strip('"'): pa.string() for name in names}
    options = pacsv.ConvertOptions(column_types=as_text, strings_can_be_null=False)
    return pacsv.read_csv(path, convert_options=options)


def _sexes(sheet: Sheet, words: Words) -> NDArray[np.int8]:
    bad = [number for number, word in enumerate(words.values) if word not in SEX]
    rows = np.flatnonzero(np.isin(words.codes, bad))
    sheet.blame(
        "sex",
        rows,
        lambda row: (f"“{words[row]}”应为 M、F 或空", f"“{words[row]}” should be M, F or empty"),
    )
    table = np.array([SEX.get(word, 0) for word in words.values] or [0], np.int8)
    return table[words.codes]


def _clean(word: str) -> str:
    table = simplified()
    narrow = unicodedata.normalize("NFKC", word).strip()
    return "".join(table.get(character, character) for character in narrow)


def _number(text: str) -> int:
    if FIGURE.fullmatch(text):
        raise ValueError(text)
    number = float(text) if "." in text else int(text)
    if number != int(number):
        raise ValueError(text)
    return int(number)


def _is_wrong(word: str, form: re.Pattern[str] | None) -> bool:
    text = unicodedata.normalize("NFKC", word).strip()
    return bool(FIGURE.fullmatch(text)) or (form is not None and not form.fullmatch(text))


def _wrong_word(word: str, form: re.Pattern[str] | None) -> tuple[str, str]:
    if FIGURE.fullmatch(word.strip()):
        return _turned(word)
    digits = "6" if form and "6" in form.pattern else "2"
    return (
        f"“{word}”应为 {digits} 位区划代码",
        f"“{word}” should be a division code of {digits} digits",
    )


def _not_whole(text: str) -> tuple[str, str]:
    if FIGURE.fullmatch(text.strip()):
        return _turned(text)
    return f"“{text}”不是整数", f"“{text}” is not a whole number"


def _turned(text: str) -> tuple[str, str]:
    return (
        f"{text} 是电子表格改写过的长数字，末位已丢失；请把该列设为文本后重新导出",
        f"{text} is a long number that a spreadsheet has rewritten and cut; make the column text and export again",
    )
