"""The rules register as a page: what became of each of the 474 rules."""

from collections import Counter

from nuantu.config.requirements.catalogue import capabilities, copies, packages, plans
from nuantu.config.requirements.evidence import Finding, Status, findings
from nuantu.config.requirements.values import gathered
from tools.reference_pages.text import page, table

LEAD = (
    "What became of each rule that the eighteen plans of the field contain, in our own words. A rule is **enforced** when code holds it and a test "
    "proves it, **recorded** when a plan file carries it as a value, otherwise it comes **later**, in the package that is named (a sentence that a plan "
    "merely keeps is no value). `./nuantu rules` "
    "and the page `/rules/` show the same; nobody writes a status down."
)
CODE_PREFIX = "nuantu."


def rules() -> str:
    """rules.md."""
    found = findings()
    parts = [_counts(found), _waiting(found)]
    for key, plan in plans().items():
        same = [copy for copy, original in copies().items() if original == key]
        copied = f" Copied word for word as {', '.join(same)}." if same else ""
        rows = [_row(finding) for finding in found if finding.requirement.plan == key]
        parts += [
            f"## {key} {plan.zh}\n",
            f"{plan.en}.{copied}\n",
            table(("rule", "what it says", "can do", "status", "where", "tests"), rows),
        ]
    parts += ["## What the software can do\n", _capabilities()]
    return page("The 474 rules", LEAD, *parts)


def _counts(found: list[Finding]) -> str:
    counted = Counter((one.requirement.plan, one.status) for one in found)
    rows: list[tuple[object, ...]] = [
        (
            key,
            plan.en,
            *(counted[key, status] for status in Status),
            sum(counted[key, s] for s in Status),
        )
        for key, plan in plans().items()
    ]
    totals = [sum(one.status is status for one in found) for status in Status]
    rows.append(("", "all", *totals, len(found)))
    return table(("plan", "", *(str(status) for status in Status), "rules"), rows)


def _waiting(found: list[Finding]) -> str:
    waits = Counter(one.waits_for for one in found if one.waits_for)
    rows = [(f"`{name}`", packages()[name].en, count) for name, count in waits.most_common()]
    lead = "Rules that come later, by the package that will own them:\n\n"
    return lead + table(("package", "", "rules"), rows)


def _row(finding: Finding) -> tuple[object, ...]:
    requirement = finding.requirement
    where = [f"`{place.removeprefix(CODE_PREFIX)}`" for place in finding.where]
    where += [_value(line) for line in gathered(finding.values)]
    if finding.reason:
        where.append(f"{finding.reason.zh}<br>{finding.reason.en}")
    if finding.waits_for:
        where.append(f"waits for `{finding.waits_for}`")
    tests = [f"`{test.removeprefix('tests/')}`" for test in finding.tests]
    return (
        requirement.whole_id,
        f"{requirement.zh}<br>{requirement.en}",
        " ".join(requirement.capabilities),
        finding.status,
        "<br>".join(where),
        "<br>".join(tests),
    )


def _value(line: str) -> str:
    """File and path; the number of the line would make this page old with every comment."""
    place, _, path = line.partition(" ")
    return f"{place.partition(':')[0]} `{path}`"


def _capabilities() -> str:
    return table(
        ("", "zh", "en", "packages"),
        (
            (one.id, one.zh, one.en, ", ".join(f"`{name}`" for name in one.packages))
            for one in capabilities().values()
        ),
    )
