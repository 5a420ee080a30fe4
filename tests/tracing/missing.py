"""A missing-person report and a file for the tests; everybody is invented."""

from datetime import date, timedelta
from typing import Any

from nuantu.core import clock, scope
from nuantu.tracing import services
from nuantu.tracing.models import MissingReport, ReportImport
from nuantu.tracing.rules.said import Consent, Danger, Said
from tests.cast import Cast

PHONE = "08550000777"
HEAD = "姓名,性别,出生日期,身份证号,家乡,走失日期,走失地点,特征,寻亲人,联系电话\n"
GOOD = "样海生,男,1969-05-01,,凯里市三棵树镇,2026-08,凯里火车站,缺手指,样海林,0855-0000901\n"
# what the page of a new report sends
TYPED = {
    "source": "family",
    "name": "样大山",
    "sex": "male",
    "age_low": "44",
    "home_words": "凯里市三棵树镇",
    "lost_date": "2026-10-20",
    "lost_precision": "day",
    "marks": ["missing_finger"],
    "searcher_name": "样大河",
    "searcher_phone": "0855-0000777",
    "consent_date": "2026-11-20",
    "consent_way": "phone",
    "consent_purposes": ["compare", "contact"],
}


def today() -> date:
    """The day of the tests' clock in China."""
    return clock.local(clock.now()).date()


def consent(**more: Any) -> Consent:
    """The searcher agreed today, on the phone."""
    values: dict[str, Any] = {
        "given_by": "样大河",
        "given_date": today(),
        "way": "phone",
        "purposes": ("compare",),
    }
    return Consent(**values | more)


def said(**more: Any) -> Said:
    """A man without a finger, whom his brother misses."""
    values: dict[str, Any] = {
        "name": "样大山",
        "sex": "male",
        "age_low": 43,
        "age_high": 45,
        "age_noted_date": today(),
        "home_words": "凯里市三棵树镇",
        "searcher_name": "样大河",
        "searcher_phone": PHONE,
    }
    return Said(**values | more)


def a_report(
    cast: Cast, *, danger: Danger | None = None, agreed: Consent | None = None, **more: Any
) -> MissingReport:
    """Taken by the tracing officer of the station of 凯里."""
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return services.take_report(
            actor=actor,
            at=clock.now(),
            said=said(**more),
            consent=agreed or consent(),
            danger=danger,
        )


def a_file(cast: Cast, rows: str = GOOD, *, head: str = HEAD) -> ReportImport:
    """A CSV that the tracing officer chose."""
    return read(cast, (head + rows).encode())


def read(cast: Cast, content: bytes, *, name: str = "名单.csv") -> ReportImport:
    """A file of any kind that the tracing officer chose."""
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return services.read_file(
            actor=actor,
            at=clock.now(),
            name=name,
            content=content,
            source="import",
            source_name="暖风寻亲志愿者",
        )


def later(days: int) -> Any:
    """The clock so many days on."""
    return clock.frozen(clock.now() + timedelta(days=days))
