"""The national defaults: every number that no plan gives, dated and with its source."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import yaml
from pydantic import AfterValidator, Field

from nuantu.planbook.kinds import kind
from nuantu.planbook.rules import NATIONAL, Layer, Rule, Season, Status, Value
from nuantu.planbook.schema.parts import Names, Part

TITLE: Final = "全国默认值"


def _known_kind(code: str) -> str:
    return kind(code).code


class Default(Part):
    """One line of ``defaults.yaml``."""

    kind: Annotated[str, AfterValidator(_known_kind)]
    value: Value
    unit: str = ""
    key: str = ""
    level: str = ""
    types: Names = ()
    classes: Names = ()
    colours: Names = ()
    season: Season = ""
    source: str = Field(min_length=2)
    status: Status
    valid_from: date = Field(alias="from")
    valid_to: date | None = Field(default=None, alias="to")

    def as_rule(self) -> Rule:
        """The line as a rule of the national layer."""
        return Rule(
            kind=self.kind,
            value=self.value,
            unit=self.unit,
            level=self.level,
            key=self.key,
            clauses=(self.source,),
            plan_code=NATIONAL,
            status=self.status,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            selectors=self.types or self.classes,
            colours=self.colours,
            season=self.season,
        )


@cache
def national_layer() -> Layer:
    """The national defaults as the layer below every plan, packaged in ``defaults.yaml``."""
    text = files("nuantu.planbook").joinpath("defaults.yaml").read_text(encoding="utf-8")
    lines = yaml.load(text, Loader=yaml.CSafeLoader)["defaults"]
    rules = tuple(Default.model_validate(line).as_rule() for line in lines)
    return Layer(plan_code=NATIONAL, title=TITLE, rules=rules)
