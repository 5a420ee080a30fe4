"""The navigation: packages register where they can be entered, a person sees what he may enter."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

from nuantu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the header. `label` may be lazy; `permission` empty means every signed-in user.

    Items stand in `order`; `shortcut` is the letter that goes there from any page (`n`: new tip).
    `unless` is a permission whose holders find it elsewhere.
    `holds` are the beginnings of addresses that belong to the entry besides its own.
    """

    key: str
    label: Any
    url_name: str
    permission: str = ""
    order: int = 100
    icon: str = ""
    shortcut: str = ""
    unless: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it stands on one page."""

    key: str
    label: str
    url: str
    icon: str
    shortcut: str
    is_current: bool


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Add an entry to the header; called from `apps.ready()`. The same key replaces."""
    _items[item.key] = item


def items() -> list[Item]:
    """All registered entries in their order."""
    return sorted(_items.values(), key=lambda item: (item.order, item.key))


def entries_for(actor: Actor | None, path: str) -> list[Entry]:
    """What this person may enter, with the one entry marked that the page belongs to: whose own
    address it is, else the first that holds it."""
    if actor is None or not actor.is_signed_in:
        return []
    allowed = [
        item
        for item in items()
        if not item.permission or actor.may(item.permission)
        if not item.unless or not actor.may(item.unless)
    ]
    placed = [(item, _url_of(item.url_name)) for item in allowed]
    current = _longest_prefix(path, [one for item, url in placed for one in (url, *item.holds)])
    own = [item.key for item, url in placed if url and url == current]
    held = [item.key for item, url in placed if url and current in item.holds]
    (key, *_others) = [*own, *held, ""]
    return [
        Entry(item.key, str(item.label), url, item.icon, item.shortcut, item.key == key)
        for item, url in placed
        if url
    ]


@cache
def _url_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _longest_prefix(path: str, urls: Iterable[str]) -> str:
    return max(
        (url for url in urls if url and (path == url or (url != "/" and path.startswith(url)))),
        key=len,
        default="",
    )
