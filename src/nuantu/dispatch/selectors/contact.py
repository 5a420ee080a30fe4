"""Where a team that has met somebody writes down what came of it: a page of a package above."""

from collections.abc import Callable
from uuid import UUID

_pages: list[Callable[[UUID], str]] = []


def register_contact_page(url: Callable[[UUID], str]) -> None:
    """Name the page for a run (by its public id); called once from apps.ready() of its owner."""
    _pages[:] = [url]


def contact_url(run_id: UUID) -> str:
    """The page where the contact of a run is recorded; empty where no package offers one."""
    return _pages[0](run_id) if _pages else ""
