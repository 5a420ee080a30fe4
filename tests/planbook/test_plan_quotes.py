"""What the plan files quote stands in the texts; whom the texts name does not stand in the files."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from nuantu.planbook import files
from nuantu.planbook.reading.normal import normalise
from tests.planbook import seeds

NAMED = re.compile(r"责任领导[:：]([^)）]+)|(?:站长|局长|科长|主任)([一-鿿]{2,3})(?:说|鼓励)")
PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?!\d)")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = {code: normalise(text).text for code, text in seeds.plan_texts().items()}
    if not found:
        pytest.skip("the texts of the seed plans are not on this machine (SEED_PLANS)")
    return found


def _tidy(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _quotes(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("quote"):
            yield node["quote"]
        for value in node.values():
            yield from _quotes(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _quotes(value)


@pytest.mark.parametrize("code", files.PACKAGED)
def test_a_quote_stands_in_the_text_word_for_word(code: str, texts: dict[str, str]) -> None:
    plan = files.packaged(code).plan
    assert plan is not None
    source = _tidy(texts[code])
    quotes = list(_quotes(plan.model_dump()))
    assert quotes
    assert not [quote for quote in quotes if _tidy(quote) not in source]


def test_nobody_whom_a_text_names_stands_in_a_file(texts: dict[str, str]) -> None:
    """Names and phones of a sample are no part of a plan (X49)."""
    named = {
        name
        for text in texts.values()
        for found in NAMED.finditer(text)
        for name in re.split("[、,，]", found[1] or found[2])
    }
    assert len(named) > 5
    for code in files.PACKAGED:
        text = files.packaged_text(code)
        assert not [name for name in named if name in text], code


@pytest.mark.parametrize("code", files.PACKAGED)
def test_no_phone_stands_in_a_file(code: str) -> None:
    assert not PHONE.findall(files.packaged_text(code))
