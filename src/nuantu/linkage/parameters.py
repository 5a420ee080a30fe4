"""What the comparison believes about errors: learnt from confirmed matches, else first guesses.

The guesses were fitted on made-up people (`tools`' generator and shared samples), never on real
ones: an installation shows them as unverified default until it has confirmed matches of its own.
"""

import json
import math
from dataclasses import asdict, dataclass
from typing import Any, Final

LEAST_SURE: Final = 0.9  # probability below which nothing is shown as nearly certain
PREFIXES: Final = (("小", 0.38), ("阿", 0.38), ("老", 0.04), ("大", 0.04))


@dataclass(frozen=True, slots=True)
class Band:
    """A sum of two bell curves around `middle`, each (share, spread)."""

    middle: float
    near: tuple[float, float]
    far: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log odds that the best record is the person: `constant`, and what each unit of evidence adds.

    `ahead`: log odds of the record among all records; `above`: nats that all records together lie above
    what nobody's would; `short`: nats that the best record lacks of one in which all agrees.
    `sure`: the chance from which a record is shown as nearly certain, so that of a hundred people who are in no
    report one at most is taken for found (`learn.sure_from`).
    """

    constant: float = 1.118
    ahead: float = 0.913
    above: float = -0.05
    short: float = -0.168
    sure: float = 0.965

    def chance(self, evidence: tuple[float, float, float]) -> float:
        """That the best record is the person."""
        weights = (self.ahead, self.above, self.short)
        odds = self.constant + sum(
            weight * one for weight, one in zip(weights, evidence, strict=True)
        )
        return 1.0 / (1.0 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Parameters:
    """Shares are between 0 and 1, spreads in the unit of the field, days in days."""

    written_as_said: float = 0.45
    taken_for: float = 0.004  # share written as a character that looks alike
    cut_surname: float = (
        0.02  # share of compound surnames of which one character is heard or on record
    )
    place_as_said: float = 0.6
    floor_surname: float = 0.08
    floor_given: float = 0.06
    cut_given: float = 0.08
    cut_behind: float = 0.25  # share of cut given names of which the first character is heard
    short_given: float = 0.25
    one_for_two: float = -4.5
    nickname_prefixes: tuple[tuple[str, float], ...] = PREFIXES
    nickname_doubled: float = 0.16
    nickname_doubt: float = 0.05
    nickname_made: float = 0.92
    # how often a fragment is of a level, province first; of no listed place; of a place that is wrong
    levels: tuple[float, float, float, float, float] = (0.24, 0.15, 0.20, 0.16, 0.20)
    unlisted: float = 0.05
    noise: float = 0.05
    elsewhere: float = 0.03  # all fragments are of a place that is not the home
    cut_place: float = 0.04
    misheard_kind: float = 0.12
    same_county: float = 0.8
    # years by which an age is misjudged, by the age from which on
    ages: tuple[tuple[float, Band], ...] = (
        (0, Band(0.0, (0.7, 1.0), (0.3, 2.3))),
        (12, Band(0.0, (0.7, 1.5), (0.3, 3.5))),
        (20, Band(0.0, (0.6, 2.5), (0.4, 6.0))),
        (35, Band(0.0, (0.55, 3.5), (0.45, 9.0))),
        (50, Band(0.0, (0.55, 4.5), (0.45, 11.0))),
    )
    height_grown: Band = Band(0.0, (0.6, 3.3), (0.4, 5.7))
    height_child: Band = Band(0.0, (0.7, 6.0), (0.3, 10.0))
    # days between loss and finding: share of matches until each number of days
    gaps: tuple[tuple[int, float], ...] = (
        (1, 0.003), (4, 0.043), (8, 0.034), (15, 0.068), (29, 0.1), (57, 0.142), (85, 0.092), (120, 0.068),
        (180, 0.064), (270, 0.032), (365, 0.015), (545, 0.018), (730, 0.0175), (1095, 0.0175), (1460, 0.0215),
        (2190, 0.03), (3650, 0.051), (5475, 0.059), (7300, 0.04), (9000, 0.032), (13500, 0.052),
    )  # fmt: skip
    # found in the county of the loss, in its prefecture, in its province, elsewhere
    relations: tuple[float, float, float, float] = (0.342, 0.266, 0.16, 0.232)
    mark_seen: float = 0.57
    mark_invented: float = 0.0047
    accent_own: float = 0.66
    accent_near: float = 0.22  # of the region of speech of the home, his own province among them
    sex_wrong: float = 0.004
    # how much each group of fields weighs, 1 where not named: fields that say the same weigh less
    weights: tuple[tuple[str, float], ...] = (
        ("surname", 0.95), ("given", 0.96), ("nickname", 1.0), ("birth", 0.68), ("height", 0.68), ("lost", 0.78),
        ("county", 0.79), ("marks", 0.78), ("place", 0.9), ("accent", 0.6), ("sex", 1.0),
    )  # fmt: skip
    calibration: Calibration = Calibration()
    closing_day: int = -1  # on which a register was closed: found then, or at any time before

    def weight(self, group: str) -> float:
        """How much a group of fields weighs."""
        return dict(self.weights).get(group, 1.0)

    def to_json(self) -> str:
        """As a text that `from_json` reads."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Parameters":
        """Raises ValueError with the name of a field that is unknown or of another kind."""
        try:
            loaded = json.loads(text)
        except json.JSONDecodeError as error:
            message = f"not JSON: {error}"
            raise ValueError(message) from None
        if not isinstance(loaded, dict):
            message = "parameters are a JSON object"
            raise ValueError(message)
        plain = json.loads(cls().to_json())
        loaded |= _completed(loaded, plain)
        for name, value in loaded.items():
            if name not in plain or _shape(value, name) != _shape(plain[name], name):
                raise ValueError(name)
        built: dict[str, Any] = {name: _tuples(value) for name, value in loaded.items()}
        for name in {"height_grown", "height_child"} & set(built):
            built[name] = Band(**built[name])
        if "ages" in built:
            built["ages"] = tuple((start, Band(**band)) for start, band in built["ages"])
        if "calibration" in built:
            built["calibration"] = Calibration(**built["calibration"])
        return cls(**built)


OPEN = {"weights", "gaps", "nickname_prefixes", "ages"}  # lists of any length


def _completed(loaded: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    """A calibration written before it had all of its numbers, with the usual ones for the rest."""
    given = loaded.get("calibration")
    return {"calibration": plain["calibration"] | given} if isinstance(given, dict) else {}


def _shape(value: object, name: str) -> object:
    """What kind of value it is, to be compared."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | float):
        return float
    if isinstance(value, list):
        shapes = [_shape(one, "") for one in value]
        return ["any"] if name in OPEN and all(isinstance(one, list) for one in shapes) else shapes
    if isinstance(value, dict):
        return {key: _shape(one, "") for key, one in value.items()}
    return type(value)


def _tuples(value: Any) -> Any:
    """Lists as tuples, as deep as they go."""
    if isinstance(value, list):
        return tuple(_tuples(one) for one in value)
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return value
