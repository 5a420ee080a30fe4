"""What pieces of place names say of each home is what the plain sum over its levels says."""

import math

import numpy as np
import pytest

from nuantu.linkage.fragments import Places
from nuantu.linkage.meant import Meant
from nuantu.linkage.parameters import Parameters
from tests.linkage import people

WITH = Parameters()


def _odds(places: Places, meant: Meant, level: int, node: int) -> float:
    """P(fragment | node), by going through every name that the fragment may be."""
    name, region = places.tree.levels[level].name_of[node], places.regions[level][node]
    alike = meant.likely.names == name
    return float(meant.likely.odds[alike, region].sum())


def _ratio(places: Places, meant: Meant, village: int) -> float:
    levels = places.tree.levels
    town = int(levels[4].parent[village])
    county = int(levels[3].parent[town])
    city = int(levels[2].parent[county])
    path = (int(levels[1].parent[city]), city, county, town)
    parts = [
        share * _odds(places, meant, level, node)
        for level, (node, share) in enumerate(zip(path, WITH.levels, strict=False))
    ]
    mean = meant.mean + meant.unlisted
    here = sum(parts) + WITH.noise * mean
    if levels[4].name_of[village] >= 0:
        own = WITH.levels[4] * _odds(places, meant, 4, village)
        return (here + own + 0.3 * meant.unlisted) / mean
    below = [one for one in np.flatnonzero(levels[4].parent == town) if levels[4].name_of[one] >= 0]
    within = sum(_odds(places, meant, 4, int(one)) for one in below) / max(len(below), 3)
    return (here + 0.6 * WITH.levels[4] * within + meant.unlisted) / mean


@pytest.mark.parametrize(
    "told",
    [
        ("低壮镇",),
        ("梨树坪",),
        ("shí qiáo",),
        ("没有的地方",),
        ("低壮镇", "梨树坪"),
        ("石桥", "梨树坪", "没有的地方"),
    ],
)
def test_every_home_has_the_sum_over_its_levels(told: tuple[str, ...]) -> None:
    places = people.index().coded.places
    villages, counties = places.tree.levels[4], places.tree.levels[2].names
    accent = np.linspace(-1.0, 1.0, len(places.tree.levels[0].names))
    everyone = np.arange(len(villages.names), dtype=np.int32)
    meant = [places.meaning.of(one, WITH) for one in told]
    with places.compare(told, accent, WITH) as homes:
        known = (villages.name_of >= 0).astype(np.int8)
        found = homes.of(villages.parent, known, everyone)
        highest = homes.highest.copy()
    ratios = [math.prod(_ratio(places, one, int(row)) for one in meant) for row in everyone]
    county = places.tree.levels[3].parent[villages.parent]
    mixed = WITH.elsewhere + (1.0 - WITH.elsewhere) * np.array(ratios)
    if len(told) > 1:  # together they say of everybody what one says of everybody: nothing
        mean = float((mixed * villages.people).sum() / villages.people.sum())
        mixed = np.maximum(mixed / mean, WITH.elsewhere)
    plain = WITH.weight("place") * np.log(mixed) + accent[places.tree.province_of[4]]
    assert not places.tree.same_county
    assert np.allclose(found, plain, atol=1e-5)
    assert all(highest[one] >= plain[county == one].max() - 1e-5 for one in range(len(counties)))
