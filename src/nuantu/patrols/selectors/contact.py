"""Where a team that met somebody at a stop writes it down: a page of a package above."""

from collections.abc import Callable
from uuid import UUID

_pages: list[Callable[[UUID], str]] = []


def register_contact_page(url: Callable[[UUID], str]) -> None:
    """Name the page for a stop (by its public id); called once from apps.ready() of its owner."""
    _pages[:] = [url]


def contact_url(visit_id: UUID) -> str:
    """The page where a contact at a stop is recorded; empty where no package offers one."""
    return _pages[0](visit_id) if _pages else ""
