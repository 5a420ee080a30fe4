"""How many random examples a property is tried with, and how many seeds a walk of chance."""

from hypothesis import settings


def examples(number: int) -> settings:
    """As many as the property needs in the full suite, no more than the quick profile otherwise."""
    if settings.get_current_profile_name() == "fast":
        number = min(number, settings.get_profile("fast").max_examples)
    return settings(max_examples=number)


def seeds(number: int) -> range:
    """So many throws of the dice in the full suite, a third of them in the quick profile."""
    is_fast = settings.get_current_profile_name() == "fast"
    return range(number // 3 if is_fast else number)
