"""What a token of the programming interface may be used for: a part of what its account may.

A scope names a group of addresses and whether they are read or changed. The account's own
permissions still hold under it: a token never opens more than the account could.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# First part of the address → what it is about.
RESOURCES = {
    "warnings": "warnings",
    "tips": "tips",
    "notices": "tips",
    "dispatches": "dispatches",
    "duties": "duties",
    "levels": "duties",
    "rules": "duties",
}
# Each scope in the two languages, in the order of the page.
SCOPES = {
    "warnings:read": ("查询气象预警", "Read weather warnings"),
    "warnings:write": ("送入气象预警", "Post weather warnings"),
    "tips:read": ("查询线索", "Read tips"),
    "tips:write": ("登记和处理线索", "Enter and work on tips"),
    "dispatches:read": ("查询派单", "Read dispatches"),
    "dispatches:write": ("派队伍、报进度", "Send teams and report their steps"),
    "duties:read": ("查询待办、级别和规则", "Read duties, levels and rules"),
    "duties:write": ("办结待办", "Tick off duties"),
    "open311": ("Open311 接口", "Open311 interface"),
}
EVERY_SCOPE = tuple(SCOPES)
LOCAL = ZoneInfo("Asia/Shanghai")


def needed(method: str, path: str) -> str:
    """The scope that an address asks for; empty for one that no scope opens."""
    parts = [part for part in path.split("/") if part]
    if parts[:1] == ["open311"]:
        return "open311"
    if parts[:2] != ["api", "v1"] or len(parts) < 3:
        return ""
    resource = RESOURCES.get(parts[2], "")
    if parts[-1] == "assign":
        resource = "dispatches"
    if not resource:
        return ""
    return f"{resource}:{'read' if method.upper() in READING else 'write'}"


def tidy(wanted: Iterable[str]) -> list[str]:
    """The known scopes among those wanted, in the order of the page."""
    held = set(wanted)
    return [scope for scope in SCOPES if scope in held]


def end_of(day: date, days: int) -> datetime:
    """The midnight in China at which a token ends that was given `days` days on a day."""
    return datetime.combine(day + timedelta(days=days + 1), datetime.min.time(), LOCAL)


def days_left(*, expires_at: datetime, at: datetime) -> int:
    """Whole days a token still works, 0 on its last day, -1 once it has ended."""
    if at >= expires_at:
        return -1
    return (expires_at - at) // timedelta(days=1)
