"""When a session has ended and when an account is locked."""

from datetime import datetime, timedelta


def has_gone_idle(*, seen_at: datetime, at: datetime, idle_minutes: int) -> bool:
    """Whether nothing was done for longer than the limit."""
    return at - seen_at > timedelta(minutes=idle_minutes)


def lock_until(*, failures: int, at: datetime, tries: int, lock_minutes: int) -> datetime | None:
    """Until when the account stays locked after this many failures in a row, None while it is not."""
    if failures < tries:
        return None
    return at + timedelta(minutes=lock_minutes)


def is_locked(*, locked_until: datetime | None, at: datetime) -> bool:
    """Whether the account may not be tried now."""
    return locked_until is not None and at < locked_until


def needs_second_factor(*, has_secret: bool, mode: str) -> str:
    """What the second step is: `code` asks for it, `set_up` must set it up first, `none` in the demo.

    Staff of a live installation always need one; demo accounts only when they set one up.
    """
    if has_secret:
        return "code"
    return "none" if mode == "demo" else "set_up"
