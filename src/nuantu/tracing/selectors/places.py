"""Which place the words of a report mean, where they mean exactly one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import full_code
from nuantu.tracing.rules.places import code_meant, parts_of
from nuantu.tracing.rules.said import Said


def codes_of(words: Iterable[str]) -> dict[str, str]:
    """The code for each of the words, empty where they mean none or several. Two queries for all."""
    asked = {one for one in words if one}
    codes = {one for one in asked if one.isascii() and one.isdigit()}
    names = {part for one in asked - codes for part in parts_of(one)}
    known: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = (
        Division.objects.filter(level__in=Division.Level.values, name__in=names).order_by("code")
        if names
        else ()
    )
    for division in rows:
        known[division.name].append((division.code, division.full_name))
    full = {one: _full(one) for one in codes}
    exist = (
        set(
            Division.objects.filter(code__in=[code for code in full.values() if code]).values_list(
                "code", flat=True
            )
        )
        if any(full.values())
        else set()
    )
    found = {one: code_meant(one, known) for one in asked - codes}
    return found | {one: code if code in exist else "" for one, code in full.items()}


def _full(code: str) -> str:
    try:
        return full_code(code)
    except ValueError:
        return ""


def with_divisions(said: Said, known: Mapping[str, str] | None = None) -> Said:
    """What was told, with the codes of the places that its words name."""
    if known is None:
        known = codes_of([said.home_words, said.lost_words])
    return replace(
        said,
        home_division=known.get(said.home_words, ""),
        lost_division=known.get(said.lost_words, ""),
    )
