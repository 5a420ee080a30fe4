"""Sections of the page of an unidentified person that others put in: matches, notices.

Registered once from `apps.ready()`; a second registration under the same key replaces. Rows hang on
the case, so that a section needs no more than that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from nuantu.core.actors import Actor
from nuantu.tracing.models import IdentitySearch

Read = Callable[[Actor, IdentitySearch, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A section below the steps. `read` gets the search (its `case_id` and `person`) and gives what
    `template` shows, with `search` and `actor` beside it; None leaves the section out. A masked page
    (a restricted person who was not opened) shows only sections that are `safe_when_masked`."""

    key: str
    template: str
    permission: str
    read: Read
    order: int = 50
    safe_when_masked: bool = False


_sections: dict[str, Section] = {}


def register_section(section: Section) -> None:
    """Put a section on the page."""
    _sections[section.key] = section


def sections_for(
    actor: Actor, search: IdentitySearch, at: datetime, *, is_masked: bool
) -> list[str]:
    """The drawn sections that this reader sees, in their order."""
    wanted = sorted(_sections.values(), key=lambda one: (one.order, one.key))
    drawn: list[str] = []
    for one in wanted:
        if not actor.may(one.permission) or (is_masked and not one.safe_when_masked):
            continue
        found = one.read(actor, search, at)
        if found is not None:
            context = {**found, "search": search, "actor": actor, "is_masked": is_masked}
            drawn.append(render_to_string(one.template, context))
    return drawn
