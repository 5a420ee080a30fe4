"""What the larger components need, made ready for their templates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    RadioSelect,
)
from django.http import QueryDict


def field(bound: BoundField, kind: str = "", hint: str = "", needed: str = "") -> dict[str, Any]:
    """A form field with label, hint, error and kept value.

    `kind`: `chips` (choices as chips), `counter` (a number with plus and minus), `check` (one
    tick), `search`; left out it is told from the widget. `needed`: in brackets, when a field that
    may else stay empty has to be filled; it stands where "optional" would.
    """
    widget = bound.field.widget
    if not kind and isinstance(widget, CheckboxInput):
        kind = "check"
    is_group = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    return {
        "field": bound,
        "kind": kind or ("choices" if is_group else ""),
        "is_group": is_group,
        "is_file": isinstance(widget, ClearableFileInput),
        "hint": hint or bound.help_text,
        "is_optional": not bound.field.required,
        "needed": needed,
    }


def marks(values: Iterable[Any]) -> list[tuple[str, str]]:
    """Marks as (word, kind); a plain word has no kind."""
    return [(str(m), "") if not isinstance(m, (tuple, list)) else (str(m[0]), m[1]) for m in values]


def tabs(items: Iterable[Sequence[Any]], current: str) -> list[dict[str, Any]]:
    """Items are (key, label, url) or (key, label, url, count)."""
    return [
        {
            "label": item[1],
            "url": item[2],
            "count": item[3] if len(item) > 3 else None,
            "is_current": item[0] == current,
        }
        for item in items
    ]


def page_link(query: QueryDict, number: int, name: str = "page") -> str:
    """The query string of another page of the same list."""
    other = query.copy()
    other[name] = str(number)
    return f"?{other.urlencode()}"


def pager(page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """Where one is in a long list, and the way on."""
    return {
        "page": page,
        "earlier": page_link(query, page.previous_page_number()) if page.has_previous() else "",
        "later": page_link(query, page.next_page_number()) if page.has_next() else "",
    }


def with_export(query: QueryDict, export_url: str) -> str:
    """The export address with the filters that stand on the page."""
    if not export_url:
        return ""
    other = query.copy()
    other.pop("page", None)
    joint = "&" if "?" in export_url else "?"
    return f"{export_url}{joint}{other.urlencode()}" if other else export_url


def steps(items: Iterable[Any]) -> list[Mapping[str, Any]]:
    """Steps are mappings or objects with label, state (done, now, todo), and maybe at and note."""
    names = ("label", "state", "at", "note")
    return [
        item if isinstance(item, Mapping) else {name: getattr(item, name, "") for name in names}
        for item in items
    ]
