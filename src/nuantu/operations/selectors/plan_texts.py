"""A plan file that somebody wants to put in force: read, checked and compiled, or refused."""

import hashlib
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.planbook import files
from nuantu.planbook.checks import check
from nuantu.planbook.compiler import Compiled, compile_plan, in_year
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan

MOST_TOLD = 5


class PlanRefused(Refusal):
    """The plan cannot be put in force; `findings` say what to mend."""

    def __init__(self, message: str | Promise, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


def checked_plan(
    text: str, above: Plan | None = None, year: int | None = None, *, shift_days: int = 0
) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan of a file with what the checks say of it in the year of its use.

    ``shift_days`` moves the days that are told, as the operation itself was moved.

    Raises PlanRefused for a file with errors.
    """
    reading = files.read(text)
    findings = reading.findings or (
        check(in_year(reading.plan, year), above, shift_days=shift_days) if reading.plan else ()
    )
    errors = tuple(finding for finding in findings if finding.level == "error")
    if reading.plan is None or errors:
        told = _told(errors, reading.source)
        raise PlanRefused(_("方案有错误，不能启动：%(first)s") % {"first": told}, errors)
    return reading.plan, findings


def _told(errors: tuple[Finding, ...], source: files.Source) -> str:
    """The first errors, each with the line to mend."""
    said = []
    for error in errors[:MOST_TOLD]:
        words = error.message.said_in(get_language() or "")
        line = error.line or (source.line_of(error.path) if error.path else None)
        said.append(
            gettext("第 %(line)s 行：%(words)s") % {"line": line, "words": words} if line else words
        )
    rest = len(errors) - len(said)
    if rest:
        said.append(gettext("另有 %(count)s 处") % {"count": rest})
    return gettext("；").join(said)


def compiled_plan(
    plan: Plan, year: int | None, *, shift_to: date | None = None, shift_days: int = 0
) -> Compiled:
    """Rules and duties of a plan for a year.

    Raises PlanRefused while a date is undecided or does not exist.
    """
    try:
        return compile_plan(
            plan, year=year, shift_days=shift_days, shift_to=None if shift_days else shift_to
        )
    except ValueError as problem:
        raise PlanRefused(str(problem)) from problem


def digest_of(text: str) -> str:
    """The SHA-256 of a plan file, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
