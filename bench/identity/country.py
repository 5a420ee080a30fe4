"""The country that made-up people come from: every village, and what counties used to be called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.places.rules.gazetteer import (
    CITY,
    COUNTY,
    PROVINCE,
    TOWN,
    VILLAGE,
    Gazetteer,
    read_gazetteer,
)

Names = NDArray[np.object_]
Numbers = NDArray[np.int64]

NO_CITY: Final = {"省直辖县级行政区划", "自治区直辖县级行政区划"}
CITY_IS_PROVINCE: Final = {"市辖区", "县"}


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


def read_country() -> Country:
    """The gazetteer that ships with Nuantu."""
    places = read_gazetteer()
    names = [np.array(level, object) for level in places.names]
    town_of = places.parents[VILLAGE]
    county_of = places.parents[TOWN][town_of].astype(np.int64)
    city_of = places.parents[COUNTY]
    province_of = places.parents[CITY][city_of]
    city_names = [
        _city(names[CITY][city], names[PROVINCE][province])
        for city, province in zip(city_of, province_of, strict=True)
    ]
    return Country(
        (
            names[PROVINCE][province_of][county_of],
            np.array(city_names, object)[county_of],
            names[COUNTY][county_of],
            names[TOWN][town_of],
            names[VILLAGE],
        ),
        county_of,
        np.array([places.code(COUNTY, row) for row in range(len(names[COUNTY]))], object),
        _old_counties(places),
    )


def _city(name: str, province: str) -> str:
    if name in NO_CITY:
        return ""
    return province if name in CITY_IS_PROVINCE else name


def _old_counties(places: Gazetteer) -> dict[int, Sequence[str]]:
    return {
        row: sorted(names) for (level, row), names in places.old_names.items() if level == COUNTY
    }
