"""What a refusal said, in the language of whoever reads it later.

It is written down in Chinese (`sentences.stored`); the template it came from is found again among the
texts of our catalogues, and what it names is filled into the translation.
"""

import re
from functools import cache, partial
from typing import Final

import polib
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core.catalogues import sources
from nuantu.core.sentences import PLACE, in_words

LEAST: Final = 4  # letters of its own by which a template is known
DEEPEST: Final = 3  # refusals within a refusal; one that names itself over and over is not followed
_COUNTED: Final = re.compile(r"(?P<what>.+) (?P<n>\d+)")
_END: Final = re.compile(r"(?<=[。！？；]) ")


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every text with a place for a name, the most telling first."""
    found: dict[str, int] = {}
    for path in sources():
        for entry in polib.pofile(str(path)):
            own = len(PLACE.sub("", entry.msgid))
            if own >= LEAST and PLACE.search(entry.msgid) and not entry.msgctxt:
                found[entry.msgid] = own
    ordered = sorted(found, key=lambda text: (-found[text], text))
    return tuple((_pattern(text), text) for text in ordered)


def _pattern(template: str) -> re.Pattern[str]:
    text, end, seen = "", 0, set[str]()
    for place in PLACE.finditer(template):
        text += re.escape(template[end : place.start()].replace("%%", "%"))
        text += f"(?P={place[1]})" if place[1] in seen else f"(?P<{place[1]}>.*?)"
        seen.add(place[1])
        end = place.end()
    return re.compile(text + re.escape(template[end:].replace("%%", "%")), re.DOTALL)


def said_to_reader(text: str) -> str:
    """A refusal as it was written down, in the language of the page; what nobody translated stays."""
    if not text or (get_language() or "").startswith("zh"):
        return text
    return _said(text)


def _said(text: str, depth: int = 0) -> str:
    whole = _(text) if text.strip() else text
    if whole != text or depth > DEEPEST:
        return whole
    inside = partial(_said, depth=depth + 1)
    for pattern, template in _templates():
        found = pattern.fullmatch(text)
        if found:
            return _(template) % {name: inside(value) for name, value in found.groupdict().items()}
    parts = _END.split(text)
    if len(parts) > 1:
        return " ".join(map(inside, parts))
    if counted := _COUNTED.fullmatch(text):
        return f"{inside(counted['what'])} {counted['n']}"
    head, colon, rest = text.partition("：")
    if colon and head and rest:
        return f"{inside(head)}{_('：')}{inside(rest)}"
    return in_words(text)
