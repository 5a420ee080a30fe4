"""``nuantu plan check | read FILE`` and ``python -m nuantu.planbook``: findings, and reading."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import yaml

from nuantu.planbook import complaints, files, overview
from nuantu.planbook.checks import check as check_plan
from nuantu.planbook.compiler import OpenPlanError, compile_plan, in_year
from nuantu.planbook.findings import LEVEL_WORDS, Finding
from nuantu.planbook.reading import Reading, read_document
from nuantu.planbook.reading.opening import BYTES_LIMIT
from nuantu.planbook.reading.opening.pieces import Converter, Progress, no_progress
from nuantu.planbook.schema import Plan

OK, HAS_ERRORS, UNREADABLE = 0, 1, 2


def findings_of(
    text: str, parent: Plan | None = None, year: int | None = None
) -> tuple[Finding, ...]:
    """All findings of the text of a plan file, each with its line where it has one.

    Without ``parent`` a file that names a packaged plan as its parent is held against that; its
    dates are those of ``year``, else of the year that the file names.
    """
    reading = files.read(text)
    if reading.plan is None:
        return reading.findings
    named = reading.plan.parent
    if parent is None and named in files.PACKAGED:
        parent = files.packaged(named).plan
    return reading.findings + tuple(
        replace(finding, line=finding.line or reading.source.line_of(finding.path))
        if finding.path
        else finding
        for finding in check_plan(in_year(reading.plan, year), parent)
    )


def check(
    path: str | Path,
    parent: str | Path | None = None,
    *,
    language: str = "zh",
    as_json: bool = False,
    year: int | None = None,
    compiles: bool = False,
    out: TextIO | None = None,
) -> int:
    """Print the findings of a plan file; 0 without errors, 1 with errors, 2 when it cannot be read.

    ``parent`` is the file of the parent plan, or the code of a packaged one (P1). ``compiles`` prints
    the duties, dates and sums for ``year`` too; an undecided plan says that it is a draft. With ``as_json`` both come as
    ``{findings, compiled}``, ``compiled`` null for a draft.
    """
    target = out or sys.stdout
    try:
        at = path
        text = Path(at).read_text(encoding="utf-8-sig")
        at = parent or path
        above = _parent(str(parent)) if parent else None
    except (OSError, ValueError) as problem:
        zh, en = complaints.of_file(problem)
        target.write(f"{at}: {en if language.startswith('en') else zh}\n")
        return UNREADABLE
    found = findings_of(text, above, year)
    if as_json:
        listed: object = [_as_dict(finding) for finding in found]
        if compiles:
            listed = {"findings": listed, "compiled": _compiled_dict(text, year)}
        target.write(json.dumps(listed, ensure_ascii=False) + "\n")
    else:
        for finding in found:
            target.write(_line(finding, str(path), language) + "\n")
        target.write(_summary(found, language) + "\n")
        target.writelines(f"{line}\n" for line in _on_parent(text, above, language))
        if compiles:
            target.writelines(f"{line}\n" for line in _compiled(text, year, language))
    return HAS_ERRORS if any(finding.level == "error" for finding in found) else OK


def read(
    path: str | Path,
    *,
    draft_to: str | Path | None = None,
    part: int | None = None,
    year: int | None = None,
    language: str = "zh",
    as_json: bool = False,
    convert: Converter | None = None,
    progress: Progress = no_progress,
    out: TextIO | None = None,
) -> int:
    """Read a plan document; 0 when a plan was read, 1 with errors, 2 when the file cannot be opened.

    The draft plan goes to ``draft_to`` as YAML; the whole reading is printed as JSON or in words.
    """
    target = out or sys.stdout
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(BYTES_LIMIT + 1)
        reading = read_document(
            data, Path(path).name, part=part, year=year, convert=convert, progress=progress
        )
        if draft_to and reading.draft:
            text = yaml.safe_dump(
                dict(reading.draft), allow_unicode=True, sort_keys=False, width=100
            )
            Path(draft_to).write_text(text, encoding="utf-8")
    except OSError as problem:
        zh, en = complaints.of_file(problem)
        target.write(f"{path}: {en if language.startswith('en') else zh}\n")
        return UNREADABLE
    if as_json:
        target.write(json.dumps(reading.as_dict(), ensure_ascii=False, default=str) + "\n")
    else:
        target.write("\n".join(_told(reading, language)) + "\n")
    return HAS_ERRORS if any(row.severity == "error" for row in reading.findings) else OK


def _told(reading: Reading, language: str) -> Iterator[str]:
    """A reading in words: facts with their quotes, findings, what was not understood."""
    for row in reading.evidence:
        value = (
            row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)
        )
        quote = " ".join(row.quote.split())[:40]
        yield f"{row.path}: {value}  「{quote}」 {row.rule} {row.confidence:.2f}"
    for finding in reading.findings:
        word = LEVEL_WORDS[finding.severity].said_in(language)
        where = f" @{finding.span[0]}" if finding.span else ""
        yield f"{word}{where}: {finding.message.said_in(language)} ({finding.code})"
    heading = "not understood" if language.startswith("en") else "没有读懂"
    for left in reading.not_understood:
        yield f"{heading} @{left.span[0]}: {' '.join(left.sentence.split())}"


def _compiled(text: str, year: int | None, language: str) -> Iterator[str]:
    plan = files.read(text).plan
    if plan is None:
        return
    try:
        yield from overview.lines(compile_plan(plan, year=year), language)
    except OpenPlanError:
        yield from overview.draft_lines(plan, year, language)
    except ValueError as problem:
        yield f"  {problem}"


def _compiled_dict(text: str, year: int | None) -> dict[str, object] | None:
    """What comes out of the plan; None while it is a draft or cannot be read."""
    plan = files.read(text).plan
    try:
        return overview.as_dict(compile_plan(plan, year=year)) if plan else None
    except ValueError:
        return None


def _parent(name: str) -> Plan:
    is_ours = name in files.PACKAGED
    text = files.packaged_text(name) if is_ours else Path(name).read_text("utf-8-sig")
    plan = files.read(text).plan
    if plan is None:
        raise ValueError(
            "上级方案本身有错误，先检查它 / the parent itself has errors, check it first"
        )
    return plan


def _on_parent(text: str, above: Plan | None, language: str) -> Iterator[str]:
    """Which plan the file was not held against although it names it."""
    plan = files.read(text).plan
    named = plan.parent if plan else None
    if named is None or (above is None and named in files.PACKAGED):
        return
    if above is None:
        zh = f"没有对照上级方案 {named}：它不是随附方案，请用 --parent 指出它的文件"
        en = f"Not held against the parent {named}: it is not packaged, give its file by --parent"
    elif above.code != named:
        zh = f"方案写的上级是 {named}，对照的却是 {above.code}"
        en = f"The plan names {named} as its parent and was held against {above.code}"
    else:
        return
    yield en if language.startswith("en") else zh


def _line(finding: Finding, path: str, language: str) -> str:
    where = f"{path}:{finding.line}" if finding.line else path
    clause = f" [{finding.clause}]" if finding.clause else ""
    word = LEVEL_WORDS[finding.level].said_in(language)
    return f"{where}: {word}{clause} {finding.message.said_in(language)} ({finding.code})"


def _summary(found: tuple[Finding, ...], language: str) -> str:
    counts = {level: sum(f.level == level for f in found) for level in LEVEL_WORDS}
    if language.startswith("en"):
        return f"{counts['error']} errors, {counts['warning']} warnings, {counts['question']} questions"
    return f"错误 {counts['error']}，提醒 {counts['warning']}，疑问 {counts['question']}"


def _as_dict(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level,
        "code": finding.code,
        "clause": finding.clause,
        "line": finding.line,
        "path": ".".join(str(part) for part in finding.path),
        "message": finding.message.zh,
        "message_en": finding.message.en,
    }
