"""Counties under a warning as marks on the map."""

from collections.abc import Iterable, Iterator

from nuantu.accounts.models import Division
from nuantu.core.actors import Actor
from nuantu.places.selectors.layers import Feature
from nuantu.warnings.models import Coverage, Warning
from nuantu.warnings.selectors.naming import warning_url


def live_marks(actor: Actor) -> Iterator[Feature]:
    """Every county in which a warning holds, with the strictest one."""
    live = (Coverage.Phase.IN_FORCE, Coverage.Phase.AWAITING)
    rows = Coverage.objects.filter(phase__in=live).select_related("warning")
    strictest: dict[str, Coverage] = {}
    order = [choice.value for choice in Warning.Colour]
    for row in rows:
        known = strictest.get(row.division_code)
        if known is None or _rank(row, order) > _rank(known, order):
            strictest[row.division_code] = row
    yield from _features(strictest.values())


def covered_marks(warning: Warning) -> Iterator[Feature]:
    """The counties that one warning covers."""
    yield from _features(warning.coverage.select_related("warning"))


def _rank(row: Coverage, order: list[str]) -> int:
    return order.index(row.warning.colour) if row.warning.colour in order else -1


def _features(rows: Iterable[Coverage]) -> Iterator[Feature]:
    found = {row.division_code: row for row in rows}
    for place in Division.objects.filter(code__in=found, lat__isnull=False).order_by("code"):
        row = found[place.code]
        state = f"warn-{row.warning.colour}" if row.warning.colour else "amber"
        yield Feature(
            lat=place.lat or 0.0,
            lon=place.lon or 0.0,
            label=place.name,
            url=warning_url(row.warning.public_id),
            note=_note(row),
            state=state if row.is_live else "shut",
            key=place.code,
            is_approximate=True,
        )


def _note(row: Coverage) -> str:
    colour = str(row.warning.get_colour_display()) if row.warning.colour else ""
    words = f"{row.warning.event_name} {colour} · {row.get_phase_display()}"
    return f"{words} · {row.part}" if row.part else words
