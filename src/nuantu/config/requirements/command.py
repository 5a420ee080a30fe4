"""`./nuantu rules`: what became of each of the 474 rules."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from nuantu.config.requirements.catalogue import (
    UnknownRule,
    canonical,
    capabilities,
    copies,
    packages,
)
from nuantu.config.requirements.evidence import Finding, Status, findings
from nuantu.config.requirements.values import gathered

_WORDS = {
    "zh": {
        Status.ENFORCED: "已落实",
        Status.RECORDED: "已入方案",
        Status.LATER: "后续",
        "total": "共 {total} 条",
        "shown": "列出 {shown} 条",
        "none": "没有符合条件的规则。",
        "waits": "待 {owner}（{name}）",
    },
    "en": {
        Status.ENFORCED: "enforced",
        Status.RECORDED: "recorded",
        Status.LATER: "later",
        "total": "{total} rules",
        "shown": "{shown} shown",
        "none": "No rule matches.",
        "waits": "waits for {owner} ({name})",
    },
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nuantu rules", description="474 条规则的状态、代码位置与测试"
    )
    parser.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    parser.add_argument("--status", choices=[str(status) for status in Status])
    parser.add_argument("--plan", metavar="P9", help="只看一份方案 / one plan")
    parser.add_argument("--capability", metavar="C10", choices=sorted(capabilities()))
    parser.add_argument("--package", metavar="stays", choices=sorted(packages()))
    parser.add_argument("--lang", choices=["zh", "en"], default=_language())
    parser.add_argument("rule", nargs="*", metavar="P9-20", help="只看这些规则 / these rules only")
    return parser


def _language() -> str:
    chosen = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "en" if chosen.startswith("en") else "zh"


def _plan(name: str) -> str:
    """A copy is listed as its original; P15 has two rules of its own and P3's beside them."""
    plan = name.upper()
    return plan if plan == "P15" else copies().get(plan, plan)


def _wanted(finding: Finding, options: argparse.Namespace) -> bool:
    requirement = finding.requirement
    return (
        (not options.status or finding.status == options.status)
        and (not options.plan or requirement.plan == _plan(options.plan))
        and (not options.package or options.package in requirement.packages)
        and (not options.capability or options.capability in requirement.capabilities)
        and (not options.rule or requirement.id in options.rule)
    )


def _padded(text: str, width: int) -> str:
    columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(0, width - columns)


def _as_row(finding: Finding) -> dict[str, object]:
    requirement = finding.requirement
    return {
        "id": requirement.id,
        "whole_id": requirement.whole_id,
        "title_zh": requirement.zh,
        "title_en": requirement.en,
        "capabilities": list(requirement.capabilities),
        "status": str(finding.status),
        "where": list(finding.where),
        "tests": list(finding.tests),
        "plans": list(finding.plans),
        "values": [
            {"file": value.file, "path": value.path, "line": value.line} for value in finding.values
        ],
        "packages": list(requirement.packages),
        "waits_for": finding.waits_for or None,
        "reason": {"zh": finding.reason.zh, "en": finding.reason.en} if finding.reason else None,
    }


def _print_reason(finding: Finding, language: str) -> None:
    if finding.reason:
        print(f"{'':20}? {finding.reason.en if language == 'en' else finding.reason.zh}")


def _print_table(shown: Sequence[Finding], everything: Sequence[Finding], language: str) -> None:
    words = _WORDS[language]
    for finding in shown:
        requirement = finding.requirement
        title = requirement.en if language == "en" else requirement.zh
        marks = f"{_padded(requirement.whole_id, 9)} {_padded(words[finding.status], 9)}"
        print(f"{marks} {_padded(title, 62)} {' '.join(requirement.capabilities)}".rstrip())
        for place in finding.where:
            print(f"{'':20}= {place}")
        for test in finding.tests:
            print(f"{'':20}✓ {test}")
        for line in gathered(finding.values):
            print(f"{'':20}· {line}")
        _print_reason(finding, language)
        if finding.waits_for:
            owner = packages()[finding.waits_for]
            name = owner.en if language == "en" else owner.zh
            print(f"{'':20}… {words['waits'].format(owner=owner.id, name=name)}")
    if not shown:
        print(words["none"])
    counts = Counter(finding.status for finding in everything)
    parts = [words["total"].format(total=len(everything))]
    parts += [f"{words[status]} {counts[status]}" for status in Status]
    if len(shown) != len(everything):
        parts.append(words["shown"].format(shown=len(shown)))
    print("\n" + " · ".join(parts))


def main(argv: Sequence[str]) -> int:
    """Print the rules that the options ask for; 0, or 2 for a rule id that no plan contains."""
    options = _parser().parse_args(argv)
    try:
        options.rule = [canonical(rule_id.upper()) for rule_id in options.rule]
    except UnknownRule as refusal:
        print(f"没有这条规则 / no such rule: {refusal.args[0]}", file=sys.stderr)
        return 2
    everything = findings()
    shown = [finding for finding in everything if _wanted(finding, options)]
    if options.json:
        counts = Counter(str(finding.status) for finding in everything)
        document = {
            "total": len(everything),
            "counts": {str(status): counts[str(status)] for status in Status},
            "rules": [_as_row(finding) for finding in shown],
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _print_table(shown, everything, options.lang)
    return 0
