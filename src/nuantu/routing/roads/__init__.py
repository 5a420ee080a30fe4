"""Minutes on real roads: an OpenStreetMap extract, a graph, a matrix for a patrol problem.

    roads = read_roads(Path("county.osm.pbf"))
    found = road_minutes(roads, points, fixed_min=1.0)
    found.minutes, found.snaps, found.unreached

Reads .osm files as they are; .osm.pbf files need osmium from `requirements-roads.lock`.
"""

from nuantu.routing.roads.graph import RawRoads, RoadGraph, contract
from nuantu.routing.roads.matrix import RoadMinutes, road_minutes
from nuantu.routing.roads.osm import MapRefused, read_roads
from nuantu.routing.roads.router import Conditions, Router, router_for
from nuantu.routing.roads.snap import Snap, snap
from nuantu.routing.roads.speeds import SPEEDS, RoadSpeeds

__all__ = [
    "SPEEDS",
    "Conditions",
    "MapRefused",
    "RawRoads",
    "RoadGraph",
    "RoadMinutes",
    "RoadSpeeds",
    "Router",
    "Snap",
    "contract",
    "read_roads",
    "road_minutes",
    "router_for",
    "snap",
]
