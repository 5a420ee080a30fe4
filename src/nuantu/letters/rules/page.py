"""The page that a letter's file is: it opens from the disk in any browser and asks no address for anything.

Everything personal is inside the sealed block; the script draws it as text. The policy of the page lets its own
script and style run and nothing else: no address, no picture, no frame, no form that sends.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

_EMPTY: Final = '<script type="application/json" id="sealed"></script>'
_PAGE: Final = (
    "<!doctype html>\n"
    '<html lang="zh-CN" data-nuantu="letter"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="referrer" content="no-referrer"><title>{title}</title>\n'
    "<style>{style}</style></head><body><main></main>\n"
    '<script type="application/json" id="words">{words}</script>\n'
    f"{_EMPTY}\n"
    "<script>{script}</script></body></html>\n"
)


@cache
def _piece(name: str) -> str:
    return files("nuantu.letters").joinpath("offline", name).read_text(encoding="utf-8")


def _allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(title: str, words: Mapping[str, tuple[str, str]]) -> str:
    """The page with nothing sealed in it yet; each of the words in Chinese and English."""
    style, script = _piece("letter.css"), _piece("letter.js")
    policy = (
        f"default-src 'none'; script-src {_allowed(script)}; style-src {_allowed(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    said = json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return _PAGE.format(policy=policy, title=escape(title), style=style, words=said, script=script)


def with_sealed(page: str, envelope: str) -> str:
    """The page with its envelope, which holds no character that HTML reads."""
    return page.replace(_EMPTY, _EMPTY.replace("></", f">{envelope}</"))
