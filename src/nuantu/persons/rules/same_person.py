"""Whether two records may be one human: reasons for a person to decide on, never a merge (TR-09)."""

from dataclasses import dataclass

from nuantu.persons.rules.ages import Age


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a record. `number_hashes` are keyed hashes of the numbers he gave."""

    names: frozenset[str]
    sounds: frozenset[str]
    sex: str
    age: Age | None
    number_hashes: frozenset[str] = frozenset()


def overlaps(first: Age | None, second: Age | None) -> bool:
    """Whether one human can have both ages; an unknown age excludes nothing."""
    if first is None or second is None:
        return True
    return first.low <= second.high and second.low <= first.high


def is_possible(first: Sketch, second: Sketch) -> bool:
    """Known sexes that differ or ages that cannot meet rule it out."""
    known = {first.sex, second.sex} - {"unknown", ""}
    return len(known) < 2 and overlaps(first.age, second.age)


def why_same(first: Sketch, second: Sketch) -> tuple[str, ...]:
    """Reasons, strongest first: `number`, `name`, `sound`; none where it cannot be.

    The same number speaks even where sex or age were noted differently.
    """
    if first.number_hashes & second.number_hashes:
        return ("number",)
    if not is_possible(first, second):
        return ()
    if first.names & second.names:
        return ("name",)
    return ("sound",) if first.sounds & second.sounds else ()
