"""The name of an entry with its numbers: 26 invited, 10 chosen from 464 households, 7 to 10 people."""

from __future__ import annotations

from collections.abc import Iterator

from nuantu.planbook.schema.donation import Party, Staffing
from nuantu.planbook.schema.events import Event, Material, Pool
from nuantu.planbook.schema.parts import Entry, Named
from nuantu.planbook.text import Text


def named(entry: Named) -> Text:
    """The label, followed by the numbers that the entry holds."""
    label, label_en = entry.label, entry.label_en or entry.label
    numbers = list(_numbers(entry))
    if not numbers:
        return Text(label, label_en)
    return Text(
        f"{label}：{'，'.join(number.zh for number in numbers)}",
        f"{label_en}: {', '.join(number.en for number in numbers)}",
    )


def _numbers(entry: Entry) -> Iterator[Text]:
    if isinstance(entry, Event):
        yield from _event(entry)
    elif isinstance(entry, Staffing) and (entry.at_least or entry.at_most):
        people = _range(entry.at_least, entry.at_most)
        yield Text(f"{people.zh}人", f"{people.en} people")
    elif isinstance(entry, Material) and entry.count:
        yield Text(f"{entry.count}份", f"{entry.count} copies")
    elif isinstance(entry, Party) and entry.count:
        yield Text(f"{entry.count}个", str(entry.count))


def _event(event: Event) -> Iterator[Text]:
    if event.times_from or event.times_to:
        times = _range(event.times_from, event.times_to)
        yield Text(f"{times.zh}场", f"{times.en} times")
    if event.invited:
        yield Text(f"请{event.invited}名", f"{event.invited} invited")
    if event.chosen:
        pool = _pool(event.pool) if event.pool else None
        yield Text(
            f"选{event.chosen}名" + (f"（{pool.zh}中）" if pool else ""),
            f"{event.chosen} chosen" + (f" from {pool.en}" if pool else ""),
        )


def _pool(pool: Pool) -> Text | None:
    """Households and persons as far as they are said; a bare count by its unit."""
    households, persons = pool.households, pool.persons
    if pool.unit == "household":
        households = households or pool.count
    else:
        persons = persons or pool.count
    zh = [f"{households}户"] if households else []
    en = [f"{households} households"] if households else []
    if persons:
        zh.append(f"{persons}人")
        en.append(f"{persons} persons")
    return Text("".join(zh), ", ".join(en)) if zh else None


def _range(low: int | None, high: int | None) -> Text:
    if low and high:
        return (
            Text(str(low), str(low)) if low == high else Text(f"{low}—{high}", f"{low} to {high}")
        )
    if low:
        return Text(f"至少{low}", f"at least {low}")
    return Text(f"至多{high}", f"at most {high}")
