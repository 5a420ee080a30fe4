"""Where a notice may be sent: what the plan asks for, the national defaults, what an administrator added."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, cast

from django.utils.translation import get_language

from nuantu.operations.selectors import rules_at
from nuantu.planbook.rules import Ruling
from nuantu.planbook.sources import said as source_said
from nuantu.tracing.models import ChannelForm, NoticeChannel

KIND: Final = "notice.channel"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as it stands in a list; `asked_by` is the clause of the plan that asks for it."""

    code: str
    name_zh: str
    name_en: str
    form: str
    source: str = ""
    asked_by: str = ""
    is_closed: bool = False
    is_added: bool = False

    @property
    def name(self) -> str:
        """Its name as it is written down."""
        return self.name_zh

    @property
    def called(self) -> str:
        """Its name in the language of the page."""
        return (self.name_en or self.name_zh) if _is_english() else self.name_zh

    @property
    def form_said(self) -> str:
        """By what it reaches people, in words."""
        return str(ChannelForm(self.form).label)

    @property
    def source_said(self) -> str:
        """Where it comes from, in the language of the page."""
        return source_said(self.asked_by or self.source, get_language() or "zh")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def channels_of(division_code: str, at: datetime) -> list[Channel]:
    """Every channel for a station, those the plan asks for first; closed ones too, marked."""
    book = rules_at(division_code, at)
    national = {
        rule.key: cast("dict[str, Any]", rule.value)
        for rule in book.defaults.rules
        if rule.kind == KIND
    }
    found = {one.key: _of_rule(one, national) for one in book.every(KIND)}
    for row in NoticeChannel.objects.order_by("pk"):
        known = found.get(row.code)
        found[row.code] = (
            replace(known, is_closed=row.is_closed)
            if known is not None
            else Channel(
                row.code, row.name, row.name_en, row.form, is_closed=row.is_closed, is_added=True
            )
        )
    return list(found.values())


def _of_rule(ruling: Ruling, national: dict[str, dict[str, Any]]) -> Channel:
    value = cast("dict[str, Any]", ruling.value)
    form = value.get("form") or national.get(ruling.key, {}).get("form") or ChannelForm.SITE
    return Channel(
        ruling.key,
        str(value["label"]),
        str(value.get("label_en", "")),
        str(form),
        source=ruling.source,
        asked_by="" if ruling.is_national else ruling.source,
    )


def channel_called(code: str, division_code: str, at: datetime) -> Channel | None:
    """An open channel by its code."""
    found = (one for one in channels_of(division_code, at) if one.code == code)
    return next((one for one in found if not one.is_closed), None)
