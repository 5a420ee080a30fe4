"""The checks of plan files against the contradictions of the field."""

from nuantu.planbook.checks.catalogue import CHECKS, NOT_FOUND
from nuantu.planbook.findings import LEVEL_WORDS
from tools.reference_pages.text import page, table


def plan_checks() -> str:
    """plan-checks.md."""
    rows = [
        (
            f"`{check.code}`",
            LEVEL_WORDS[check.level].en,
            ", ".join(check.contradictions),
            check.says.zh,
            check.says.en,
        )
        for check in CHECKS.values()
    ]
    by_x = {
        x: ", ".join(f"`{c.code}`" for c in CHECKS.values() if x in c.contradictions)
        for x in sorted({x for check in CHECKS.values() for x in check.contradictions})
    }
    not_found = [(x, said.zh, said.en) for x, said in NOT_FOUND.items()]
    return page(
        "Checks of a plan file",
        "`./nuantu plan check FILE` finds these. An *error* keeps a plan from being started; a *warning*"
        " is handled in the way it says; a *question* only the author can answer.",
        table(("code", "weight", "contradiction", "检查", "what it says"), rows),
        "## By contradiction\n",
        table(("contradiction", "found by"), list(by_x.items())),
        "## What no program can find\n",
        table(("contradiction", "为什么", "why"), not_found),
    )
