"""Words of accounts in templates."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from nuantu.accounts.selectors import matrix

register = template.Library()


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
