"""The field in which a day is chosen."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day as browsers read it, 2026-11-23; Django alone writes 2026/11/23 on Chinese pages, which
    a browser shows as an empty field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
