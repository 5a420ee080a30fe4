"""The instruments a plan may rest on, and when they were in force."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field

from nuantu.planbook.schema.parts import Part


class Instrument(Part):
    """A law, regulation or normative document; ``status`` says whether its text was checked."""

    code: str
    title: str
    level: Literal["law", "regulation", "ministry_rule", "normative", "local"]
    valid_from: date = Field(alias="from")
    valid_to: date | None = Field(default=None, alias="to")
    replaced_by: str = ""
    status: Literal["verified", "unverified"]


@cache
def instruments() -> dict[str, Instrument]:
    """The packaged table by code."""
    text = files("nuantu.planbook").joinpath("laws.yaml").read_text(encoding="utf-8")
    found = [
        Instrument.model_validate(line)
        for line in yaml.load(text, Loader=yaml.CSafeLoader)["instruments"]
    ]
    return {instrument.code: instrument for instrument in found}


def instrument(name: str) -> Instrument | None:
    """The instrument with this code or title, without 《》 and spaces; None when unknown.

    The bracket of a title (the number of a decree, the year of a revision) need not be said.
    """
    tidy = name.strip("《》 ").replace(" ", "")
    for found in instruments().values():
        if tidy in (found.code, found.title, found.title.partition("（")[0]):
            return found
    return None
