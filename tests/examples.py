"""How many random examples a property is tried with."""

from hypothesis import settings


def examples(number: int) -> settings:
    """As many as the property needs in the full suite, no more than the quick profile otherwise."""
    if settings.get_current_profile_name() == "fast":
        number = min(number, settings.get_profile("fast").max_examples)
    return settings(max_examples=number)
