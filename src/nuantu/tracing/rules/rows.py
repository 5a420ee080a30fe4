"""Rows of a file as reports: which column says what, and everything in a row that must be looked at.

A finding is fatal (the row stays out until it is mended) or a remark (the row comes in, the words stay
as they were written). Nothing here depends on the language or script: names in traditional characters
and Latin letters are names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from nuantu.core.headings import Headings
from nuantu.tracing.rules import cells
from nuantu.tracing.rules.cells import CellFault
from nuantu.tracing.rules.said import DAY, Said, faults_of, says_something

T = TypeVar("T")
# key of the column → what its heading may be, Chinese first; the first is what the template says
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "source_number": ("原编号", "编号", "登记编号", "record id", "number", "no"),
    "name": ("姓名", "走失人姓名", "失踪人姓名", "name", "full name"),
    "nickname": ("别名", "小名", "别名、小名", "曾用名", "nickname", "alias"),
    "sex": ("性别", "sex", "gender"),
    "birth": ("出生日期", "出生年月", "生日", "date of birth", "birth date", "birthday"),
    "age": ("年龄", "大约年龄", "age"),
    "age_date": ("年龄截至", "年龄所指日期", "age as of"),
    "height": ("身高", "身高cm", "身高(厘米)", "height", "height cm"),
    "id_number": ("身份证号", "身份证", "公民身份号码", "证件号码", "id number", "id"),
    "accent": ("口音", "口音、语言", "语言", "accent"),
    "home": ("家乡", "籍贯", "户籍地", "住址", "家庭住址", "home"),
    "old_places": ("旧地名", "曾用地名", "old place names"),
    "lost_date": ("走失日期", "走失时间", "失踪日期", "失踪时间", "date lost", "lost date"),
    "lost_place": ("走失地点", "失踪地点", "place lost", "lost place"),
    "clothing": ("衣着", "走失时衣着", "clothing"),
    "marks": ("特征", "体貌特征", "身体特征", "marks", "features"),
    "health": ("健康、精神状况", "健康状况", "精神状况", "health"),
    "searcher_name": ("寻亲人", "联系人", "报告人", "searcher", "contact"),
    "searcher_relation": ("与走失人关系", "关系", "relation"),
    "searcher_phone": ("联系电话", "电话", "手机", "phone"),
    "consent_date": ("同意日期", "授权日期", "consent date"),
    "consent_until": ("同意截止", "授权截止", "consent until"),
}
MOST: Final[Mapping[str, int]] = {
    "source_number": 60, "name": 80, "nickname": 80, "accent": 80, "home": 200, "old_places": 200,
    "lost_place": 200, "clothing": 300, "marks": 300, "health": 300, "searcher_name": 80,
    "searcher_relation": 40,
}  # fmt: skip
# remarks; everything else keeps a row out
REMARKS: Final = frozenset({"no_division", "photo", "no_searcher"})
TWICE, EXPIRED = "twice", "expired"


def is_remark(finding: str) -> bool:
    """Whether a finding as it is kept (column, colon, code) lets its row come in as it stands."""
    return finding.rpartition(":")[2] in REMARKS


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a row that must be looked at: the column and the code of what is wrong."""

    column: str
    code: str

    @property
    def is_fatal(self) -> bool:
        """Whether the row stays out until this is mended."""
        return not is_remark(str(self))

    def __str__(self) -> str:
        return f"{self.column}:{self.code}"


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row says, and what must be looked at in it."""

    said: Said
    consent_date: date | None
    consent_until: date | None
    findings: tuple[Finding, ...]

    @property
    def is_fatal(self) -> bool:
        """Whether it cannot come in as it is."""
        return any(finding.is_fatal for finding in self.findings)


def finding_of(text: str) -> Finding:
    """The finding of its `column:code`."""
    column, _mark, code = text.partition(":")
    return Finding(column, code)


HEADINGS: Final = Headings(COLUMNS)


class _Reader:
    """Reads one row; what is wrong is noted and the rest goes on."""

    def __init__(self, told: Mapping[str, str], today: date) -> None:
        self.told, self.today = told, today
        self.findings: list[Finding] = []

    def mark(self, column: str, code: str) -> None:
        self.findings.append(Finding(column, code))

    def text(self, column: str) -> str:
        words = " ".join(self.told.get(column, "").split())
        if len(words) > MOST[column]:
            self.mark(column, "long")
            return ""
        return words

    def value(self, column: str, reader: Callable[[str], T], nothing: T) -> T:
        try:
            return reader(self.told.get(column, ""))
        except CellFault as fault:
            self.mark(column, fault.code)
            return nothing

    def day(self, column: str) -> cells.Day | None:
        return self.value(column, lambda text: cells.day_in(text, self.today), None)


def read_row(told: Mapping[str, str], *, today: date, source: str, source_name: str) -> RowRead:
    """One row as a report; `told` are its texts by column. What cannot be read is a finding, never an error."""
    reader = _Reader(told, today)
    said = replace(
        _dated(reader),
        source=source,
        source_name=source_name,
        source_number=reader.text("source_number"),
        name=reader.text("name"),
        nickname=reader.text("nickname"),
        sex=reader.value("sex", cells.sex_in, "unknown"),
        accent=reader.text("accent"),
        home_words=reader.text("home"),
        old_places=reader.text("old_places"),
        lost_words=reader.text("lost_place"),
        clothing=reader.text("clothing"),
        marks_words=reader.text("marks"),
        health_words=reader.text("health"),
        id_number=reader.value("id_number", lambda text: cells.id_number_in(text, today), ""),
        searcher_name=reader.text("searcher_name"),
        searcher_relation=reader.text("searcher_relation"),
        searcher_phone=reader.value("searcher_phone", cells.phone_in, ""),
    )
    given, until = reader.day("consent_date"), _later_day(reader, "consent_until")
    _judge(reader, said)
    return RowRead(said, given.day if given else None, until, tuple(reader.findings))


def _dated(reader: _Reader) -> Said:
    """Birth, age, height and the day of loss. A birth of which only the year is known is an age of that day."""
    birth, lost, noted = reader.day("birth"), reader.day("lost_date"), reader.day("age_date")
    ages = reader.value("age", cells.age_in, None)
    height = reader.value("height", cells.height_in, None)
    is_exact = birth is not None and birth.precision == DAY
    noted_date = noted.day if noted else reader.today
    if birth is not None and not is_exact and ages is None:
        years = reader.today.year - birth.day.year
        ages, noted_date = (max(0, years - 1), years), reader.today
    return Said(
        birth_date=birth.day if birth and is_exact else None,
        age_low=ages[0] if ages else None,
        age_high=ages[1] if ages else None,
        age_noted_date=noted_date if ages else None,
        height_low=height[0] if height else None,
        height_high=height[1] if height else None,
        lost_date=lost.day if lost else None,
        lost_precision=lost.precision if lost else DAY,
    )


def _later_day(reader: _Reader, column: str) -> date | None:
    """A day that may lie ahead."""
    far = reader.today.replace(year=reader.today.year + 50, day=1)
    found = reader.value(column, lambda text: cells.day_in(text, far), None)
    if found is not None and found.day < reader.today:
        reader.mark(column, EXPIRED)
    return found.day if found else None


def _judge(reader: _Reader, said: Said) -> None:
    if any(finding.is_fatal for finding in reader.findings) and not says_something(said):
        return
    columns = {"birth_date": "birth", "age_high": "age", "height_high": "height"}
    for field, code in faults_of(said, reader.today):
        reader.mark(columns.get(field, field), code)
    for column in ("photo", "found"):  # only PFIF has them
        if reader.told.get(column):
            reader.mark(column, column)
    if not said.searcher_name and not said.searcher_phone:
        reader.mark("searcher_name", "no_searcher")
