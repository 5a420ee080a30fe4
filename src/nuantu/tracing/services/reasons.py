"""What the engine says of each field, in words for both languages: places and marks by their names."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from django.utils.translation import override

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import FULL_LENGTH
from nuantu.linkage.columns import Found
from nuantu.tracing.models import Mark
from nuantu.tracing.rules.asking import MARK_BITS
from nuantu.tracing.selectors.register import Row
from nuantu.tracing.selectors.unknown import FIRST_DAY

EXPLAIN: Final = "nuantu.linkage.explain"
LANGUAGES: Final = {"zh": "zh-hans", "en": "en"}


def counties(codes: Iterable[str]) -> dict[str, str]:
    """The names of counties by the six digits that the engine compares; one query."""
    full = {code.ljust(FULL_LENGTH, "0") for code in codes if code}
    rows = Division.objects.filter(code__in=full).values_list("code", "name")
    return {code[:6]: name for code, name in rows}


def reasons(explained: Any, found: Found, row: Row, places: Mapping[str, str]) -> str:
    """The sentence of each field that was compared, as JSON; `places`: see `counties`."""
    engine: Any = import_module(EXPLAIN)
    said = []
    for one in explained.contributions:
        lines = {"field": one.field}
        for short, language in LANGUAGES.items():
            with override(language):
                lines[short] = engine.sentence(_named(one, found, row, places), short)
        said.append(lines)
    return json.dumps(said, ensure_ascii=False)


def _named(one: Any, found: Found, row: Row, places: Mapping[str, str]) -> Any:
    if one.field == "county":
        here, lost = found.found_county, row.lost_county
        return replace(one, seen=places.get(here, here), on_record=places.get(lost, lost))
    if one.field == "lost" and row.lost_day >= 0:  # the engine keeps the day only roughly
        gap = found.found_day - row.lost_day
        why = "days_before" if gap >= 0 else "found_before"
        day = str(FIRST_DAY + timedelta(days=row.lost_day))
        return replace(one, on_record=day, why=why, values=(str(max(gap, 0)),))
    if one.field == "marks":
        return replace(one, seen=_marks_in(found.marks), on_record=_marks_in(row.marks))
    return one


def _marks_in(bits: int) -> str:
    """The marks of a set in the language of the moment."""
    held = [code for place, code in enumerate(MARK_BITS) if bits >> place & 1]
    return "、".join(str(Mark(code).label) for code in held)
