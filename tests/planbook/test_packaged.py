"""The plans that come with Nuantu: each rule has its place, each plan can be started."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from nuantu.config.requirements.catalogue import canonical, requirements
from nuantu.planbook import files
from nuantu.planbook.checks import check
from nuantu.planbook.compiler import OpenPlanError, compile_plan
from nuantu.planbook.schema import Plan

DRAFTS = {"P3", "P8", "P15"}  # dates the text leaves blank (X39)
MODELINE = "# yaml-language-server: $schema=../../../../docs/reference/plan-schema.json\n"


def _plan(code: str) -> Plan:
    reading = files.packaged(code)
    assert reading.plan is not None, reading.findings
    return reading.plan


def _clauses(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("clause") or ()
        for value in node.values():
            yield from _clauses(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _clauses(item)


@pytest.mark.parametrize("code", files.PACKAGED)
def test_every_rule_of_the_text_has_its_place_in_the_file(code: str) -> None:
    named = {canonical(clause) for clause in _clauses(_plan(code).model_dump())}
    wanted = {
        rule_id
        for rule_id in requirements()
        if rule_id.startswith((f"{code}-", f"{_plan(code).copy_of}-"))
    }
    assert wanted
    assert wanted - named == set()
    assert not named - wanted


@pytest.mark.parametrize("code", files.PACKAGED)
def test_a_packaged_plan_has_no_error(code: str) -> None:
    assert not [f for f in check(_plan(code)) if f.level == "error"]


@pytest.mark.parametrize("code", files.PACKAGED)
def test_a_packaged_plan_is_started_in_any_year_or_is_a_draft(code: str) -> None:
    for year in (2026, 2028):
        if code in DRAFTS:
            with pytest.raises(OpenPlanError):
                compile_plan(_plan(code), year=year)
            continue
        compiled = compile_plan(_plan(code), year=year)
        assert date(year, 1, 1) <= compiled.season.start <= date(year, 12, 31)
        assert compiled.layer.rules
        assert all(rule.clauses for rule in compiled.layer.rules)


@pytest.mark.parametrize("code", files.PACKAGED)
def test_an_editor_knows_the_schema_of_a_packaged_plan(code: str) -> None:
    assert files.packaged_text(code).startswith(MODELINE)
