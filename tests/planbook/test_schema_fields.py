"""Every place of a plan file is called by words, and every closed list speaks both languages."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from nuantu.planbook.schema import Plan
from nuantu.planbook.schema_fields import field_at
from nuantu.planbook.words import WORDS

NOT_SAID = {"", "0", "nuantu.plan/1", "120", "110"}


def _words(annotation: Any, seen: set[Any]) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.add(annotation)
            for info in annotation.model_fields.values():
                yield from _words(info.annotation, seen)
    elif get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for inner in get_args(annotation):
            yield from _words(inner, seen)


def test_a_place_the_schema_does_not_know_is_called_by_its_keys() -> None:
    assert field_at(("window", "middle")).label.zh == "middle"
    assert field_at(("nowhere", 3)).label.en == "4"


def test_every_word_of_a_closed_list_is_said_in_both_languages() -> None:
    missing = set(_words(Plan, set())) - set(WORDS) - NOT_SAID
    assert not missing


@pytest.mark.parametrize(
    ("path", "section", "label", "choices"),
    [
        (("title",), "基本信息", "方案名称", ()),
        (("window", "start"), "行动起止", "行动第一天", ()),
        (
            ("patrol", "cadence", 0, "per"),
            "街面巡查",
            "频次 1 每天、每周或每月",
            ("day", "week", "month"),
        ),
        (("issuer", "level"), "印发单位", "单位的层级", None),
    ],
)
def test_a_place_has_its_section_its_label_and_its_words(
    path: tuple[str | int, ...], section: str, label: str, choices: tuple[str, ...] | None
) -> None:
    found = field_at(path)
    assert (found.section.zh, found.label.zh) == (section, label)
    assert choices is None or found.choices == choices
