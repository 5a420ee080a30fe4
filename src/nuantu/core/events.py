"""What happened below, told to those above.

`announce` writes one job in the same transaction; the job asks for one job per subscriber, so a
subscriber that fails is tried again alone. Subscribers may run twice.
"""

from collections import defaultdict
from typing import Any

from nuantu.core.jobs import defer, job

_subscribers: dict[str, list[str]] = defaultdict(list)


def subscribe(event: str, job_name: str) -> None:
    """Called from apps.ready() of the package that wants to know."""
    if job_name not in _subscribers[event]:
        _subscribers[event].append(job_name)


def subscribers() -> dict[str, list[str]]:
    """Event name to job names, for the reference."""
    return {event: list(names) for event, names in _subscribers.items()}


def announce(event: str, **payload: str) -> None:
    """Say that something happened; must run in the transaction that made it so."""
    if _subscribers.get(event):
        defer("core.deliver", event=event, payload=payload)


@job(name="core.deliver")
def deliver(event: str, payload: dict[str, str]) -> None:
    """Ask for each subscriber's job."""
    arguments: dict[str, Any] = dict(payload)
    for name in _subscribers.get(event, ()):
        defer(name, **arguments)
