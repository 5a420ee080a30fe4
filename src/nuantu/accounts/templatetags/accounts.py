"""Words of accounts in templates."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.rules.messages import EVENTS
from nuantu.accounts.rules.scopes import SCOPES
from nuantu.accounts.selectors import matrix

register = template.Library()


@register.filter
def scope_names(codes: Iterable[str]) -> str:
    """What a token is good for, in the language of the page."""
    held = list(codes)
    if len(held) == len(SCOPES):
        return _("全部范围")
    is_english = (get_language() or "").startswith("en")
    names = [SCOPES[code][1 if is_english else 0] if code in SCOPES else code for code in held]
    return (", " if is_english else "、").join(names)


@register.filter
def event_name(code: str) -> str:
    """What somebody is told of, in the language of the page."""
    words = EVENTS.get(code, (code, code))
    return words[1 if (get_language() or "").startswith("en") else 0]


@register.filter
def event_names(codes: Iterable[str]) -> str:
    """Several of them as a list."""
    return _("、").join(event_name(code) for code in codes)


@register.filter
def role_names(codes: Iterable[str]) -> str:
    """The roles of a user as the matrix calls them, in the language of the page."""
    is_english = (get_language() or "").startswith("en")
    roles = matrix().roles
    names = [
        (roles[code].en if is_english else roles[code].zh) if code in roles else code
        for code in codes
    ]
    return (", " if is_english else "、").join(names)
