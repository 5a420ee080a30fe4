"""x"""

from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan


def check(plan: Plan, parent: Plan | None = None) -> tuple[Finding, ...]:
    return ()
