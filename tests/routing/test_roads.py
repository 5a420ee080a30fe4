"""Minutes on roads are exact, follow the rules of the road, and say what no road reaches."""

import gzip
import json
import math
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.config.launch.patrol import main
from nuantu.config.launch.patrol_files import load_problem
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.distance import haversine_metres
from nuantu.routing.roads import (
    Conditions,
    MapRefused,
    RawRoads,
    RoadGraph,
    RoadSpeeds,
    contract,
    read_roads,
    road_minutes,
    router_for,
    snap,
)
from nuantu.routing.roads.graph import main_component
from nuantu.routing.roads.router import UNREACHED, Dijkstra
from tests.examples import examples
from tests.routing.towns import corner, spot, town
from tests.routing.weeks import place, shift, week

ISLAND = {9001: spot(20, 20), 9002: spot(20, 21)}
BRIDGELESS = (900, {"highway": "residential"}, [9001, 9002])


@pytest.mark.parametrize(
    "text",
    [
        "not xml at all",
        "<osm><node id='1' lat='x' lon='1'/></osm>",
        "<osm></osm>",
        "<osm><way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>",
        '<!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">]><osm>&a;</osm>',
    ],
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.osm"
    path.write_text(text, "utf-8")
    with pytest.raises(MapRefused):
        read_roads(path)


@pytest.mark.parametrize("name", ["gone.osm", "gone.osm.gz"])
def test_a_map_that_is_not_there_or_cut_short_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(MapRefused):
        read_roads(path)
    path.write_bytes(gzip.compress(b"<osm>" + b" " * 5000)[:-20])
    with pytest.raises(MapRefused):
        read_roads(path)


@pytest.mark.parametrize(
    "conditions",
    [Conditions(closed=frozenset({7})), Conditions(by_way={7: 2.0}), Conditions(factor=0)],
)
@pytest.mark.slow
def test_conditions_of_roads_that_are_not_there_are_refused(
    tmp_path: Path, conditions: Conditions
) -> None:
    graph = contract(read_roads(town(tmp_path / "map.osm")))
    with pytest.raises(ValueError, match=r"no such way: 7|above 0"):
        router_for(graph).apply(conditions)


def _graphs() -> st.SearchStrategy[RoadGraph]:
    return st.builds(_graph, st.integers(2, 14), st.integers(0, 40), st.integers(0, 10**6))


def _graph(nodes: int, arcs: int, seed: int) -> RoadGraph:
    """Random arcs, also doubled ones; parts may be islands."""
    rng = np.random.default_rng(seed)
    tail, head = rng.integers(nodes, size=(2, arcs))
    keep = tail != head
    way = np.arange(keep.sum())
    return RoadGraph(
        lat=rng.uniform(26, 27, nodes),
        lon=rng.uniform(107, 108, nodes),
        tail=tail[keep],
        head=head[keep],
        units=rng.integers(1, 10**6, size=len(way)),
        way=way,
        way_ids=way + 1,
        classes=("residential",) * len(way),
        raw=np.arange(nodes),
    )


def _by_every_path(graph: RoadGraph, weights: Any) -> Any:
    """Floyd and Warshall: shares nothing with the routers."""
    best = np.full((graph.node_count, graph.node_count), UNREACHED, dtype=np.int64)
    np.minimum.at(best, (graph.tail, graph.head), weights.astype(np.int64))
    np.fill_diagonal(best, 0)
    for middle in range(graph.node_count):
        best = np.minimum(best, best[:, [middle]] + best[[middle], :])
    return np.minimum(best, UNREACHED)


@given(_graphs())
@examples(30)
def test_dijkstra_finds_the_shortest_of_all_paths(graph: RoadGraph) -> None:
    nodes = np.arange(graph.node_count)
    found = Dijkstra(graph).units(nodes, nodes)
    assert (found == _by_every_path(graph, Conditions().weights(graph))).all()


@given(_graphs(), st.floats(1, 3), st.sets(st.integers(1, 40), max_size=5))
@examples(30)
@pytest.mark.slow
def test_the_hierarchy_equals_dijkstra_exactly_under_any_conditions(
    graph: RoadGraph, factor: float, closed: set[int]
) -> None:
    nodes = np.arange(graph.node_count)
    routers = router_for(graph), router_for(graph, is_plain=True)
    there = frozenset(closed & set(graph.way_ids.tolist()))
    for conditions in (Conditions(), Conditions(closed=there), Conditions(factor=factor)):
        for router in routers:
            router.apply(conditions)
        one, other = (router.units(nodes, nodes) for router in routers)
        assert (one == other).all()


def test_a_town_where_all_nodes_lie_at_one_place_has_its_minutes_too() -> None:
    graph = replace(_graph(40, 90, 3), lat=np.full(40, 26.5), lon=np.full(40, 108.0))
    nodes = np.arange(40)
    one, other = (router_for(graph, is_plain=plain).units(nodes, nodes) for plain in (True, False))
    assert (one == other).all()


def test_more_sources_than_lanes_are_answered_in_their_order(tmp_path: Path) -> None:
    graph = contract(read_roads(town(tmp_path / "map.osm", 12)))
    sources = np.arange(graph.node_count)[::-1].copy()
    targets = np.array([5, 0, 5])
    one, other = (
        router_for(graph, is_plain=plain).units(sources, targets) for plain in (True, False)
    )
    assert len(sources) > 128
    assert (one == other).all()


@given(_graphs())
@examples(30)
def test_the_main_component_is_the_largest_in_which_all_reach_all(graph: RoadGraph) -> None:
    units = _by_every_path(graph, Conditions().weights(graph))
    joined = (units < UNREACHED) & (units.T < UNREACHED)
    main = main_component(graph)
    assert main.sum() == joined.sum(axis=1).max()
    assert joined[np.ix_(main, main)].all()


def test_a_way_of_known_length_takes_the_minutes_of_its_class(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm"))
    points = [spot(0, 0), spot(0, 4), spot(1, 0), spot(1, 3)]
    minutes = road_minutes(roads, points, fixed_min=2).minutes
    metres = haversine_metres(points[0], points[1])
    assert minutes[0, 1] == pytest.approx(metres / 1000 / 50 * 60 + 2, abs=0.01)
    detour = haversine_metres(spot(0, 0), spot(0, 3)) / 1000 / 50 * 60
    aside = 2 * haversine_metres(points[0], points[2]) / 1000 / 50 * 60
    assert minutes[2, 3] == pytest.approx(detour + aside + 2, abs=0.01)
    assert (np.diag(minutes) == 0).all()


def test_joining_pieces_of_road_changes_no_minute(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm", 4))
    every = contract(roads, list(range(len(roads.lat))))
    few = contract(roads)
    nodes = few.raw
    one = Dijkstra(every).units(*(every.node_of(nodes.tolist()),) * 2)
    other = Dijkstra(few).units(*(few.node_of(nodes.tolist()),) * 2)
    assert np.abs(one - other).max() <= len(roads.refs)


@pytest.mark.parametrize(
    ("tags", "along", "against"),
    [
        ({"highway": "primary"}, True, True),
        ({"highway": "primary", "oneway": "yes"}, True, False),
        ({"highway": "primary", "oneway": "-1"}, False, True),
        ({"highway": "primary", "junction": "roundabout"}, True, False),
        ({"highway": "motorway_link"}, True, False),
        ({"highway": "motorway", "oneway": "no"}, True, True),
        ({"highway": "primary", "access": "private"}, False, False),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, True, True),
        ({"highway": "footway"}, False, False),
    ],
)
def test_one_way_and_closed_roads_are_kept(
    tmp_path: Path, tags: dict[str, str], along: bool, against: bool
) -> None:
    """Two far nodes joined to the town by main roads and to each other by the road in question."""
    nodes = {9001: spot(0, 40), 9002: spot(4, 40)}
    primary = {"highway": "primary"}
    ways = [
        (900, primary, [corner(0, 4), 9001]),
        (901, primary, [corner(4, 4), 9002]),
        (902, tags, [9001, 9002]),
    ]
    roads = read_roads(town(tmp_path / "map.osm", 5, ways, nodes))
    minutes = road_minutes(roads, [nodes[9001], nodes[9002]]).minutes
    assert (minutes[0, 1] < 2, minutes[1, 0] < 2) == (along, against)


@pytest.mark.parametrize(
    ("posted", "kmh"), [("30", 30), ("80", 50), ("20 mph", 32.18688), ("walk", 50), ("none", 50)]
)
def test_a_posted_limit_caps_the_speed(posted: str, kmh: float) -> None:
    tags = {"highway": "primary", "maxspeed": posted}
    assert RoadSpeeds().of(tags) == pytest.approx(kmh)


def test_speeds_no_road_can_have_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        RoadSpeeds(kmh={"primary": 0})
    with pytest.raises(ValueError, match="above 0"):
        RoadSpeeds(snap_limit_m=0)


def test_ice_slows_its_roads_and_a_closed_road_is_driven_round(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm"))
    points = [spot(1, 1), spot(1, 2)]
    plain, icy, closed = (
        road_minutes(roads, points, conditions=conditions).minutes[0, 1]
        for conditions in (
            Conditions(),
            Conditions(factor=1.2, by_class={"residential": 2.0}),
            Conditions(closed=frozenset({101})),
        )
    )
    assert plain < icy <= 2.4 * plain + 0.001
    assert closed > plain


def test_a_place_is_joined_at_the_nearest_node_with_its_walk_shown(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm"))
    lat, lon = spot(2, 2)
    (found,) = snap(roads, [(lat + 0.0005, lon)])
    assert found.metres == pytest.approx(55.6, abs=0.1)
    assert (roads.lat[found.node], roads.lon[found.node]) == pytest.approx((lat, lon))
    minutes = road_minutes(roads, [(lat + 0.0005, lon), spot(0, 2)]).minutes[0, 1]
    there = road_minutes(roads, [(lat, lon), spot(0, 2)]).minutes[0, 1]
    assert minutes == pytest.approx(there + 0.0556 / 4.5 * 60, abs=0.01)


def test_two_places_at_one_node_are_walked_between(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm"))
    lat, lon = spot(2, 2)
    minutes = road_minutes(roads, [(lat + 0.0005, lon), (lat + 0.0006, lon)]).minutes
    assert minutes[0, 1] == pytest.approx(0.01112 * 1.25 / 4.5 * 60, abs=0.01)


def test_an_island_and_a_place_without_a_road_are_reported(tmp_path: Path) -> None:
    roads = read_roads(town(tmp_path / "map.osm", 5, [BRIDGELESS], ISLAND))
    points = [spot(0, 0), spot(3, 3), ISLAND[9001], spot(80, 80)]
    found = road_minutes(roads, points)
    assert [one.is_island for one in found.snaps] == [False, False, True, False]
    assert [one.is_off_road for one in found.snaps] == [False, False, False, True]
    assert found.unreached == (2, 3)
    assert np.isinf(found.minutes[0, 2:]).all()
    assert np.isfinite(found.minutes[:2, :2]).all()


@pytest.mark.parametrize("points", [[], [spot(80, 80)], [spot(80, 80), spot(90, 90)]])
def test_a_map_of_another_region_reaches_nothing(
    tmp_path: Path, points: list[tuple[float, float]]
) -> None:
    found = road_minutes(read_roads(town(tmp_path / "map.osm")), points)
    assert all(one.is_off_road for one in found.snaps)
    assert np.isfinite(found.minutes).sum() == len(points)


def test_a_map_of_one_road_is_a_network(tmp_path: Path) -> None:
    path = tmp_path / "map.osm"
    path.write_text(
        '<osm><node id="1" lat="26.5" lon="107.9"/><node id="2" lat="26.6" lon="107.9"/>'
        '<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>',
        "utf-8",
    )
    minutes = road_minutes(read_roads(path), [(26.5, 107.9), (26.6, 107.9)]).minutes
    assert minutes[0, 1] == minutes[1, 0] == pytest.approx(11.1195 / 50 * 60, abs=0.01)


def test_a_stray_piece_of_road_beside_a_street_makes_no_island(tmp_path: Path) -> None:
    near = {
        9001: (spot(2, 2)[0] + 0.0003, spot(2, 2)[1]),
        9002: (spot(2, 2)[0] + 0.0004, spot(2, 2)[1]),
    }
    roads = read_roads(town(tmp_path / "map.osm", 5, [BRIDGELESS], near))
    (found,) = snap(roads, [near[9001]])
    assert not found.is_island
    assert found.metres == pytest.approx(33.4, abs=0.2)


def test_a_way_that_the_extract_cuts_keeps_its_pieces(tmp_path: Path) -> None:
    ways = [
        (900, {"highway": "primary"}, [corner(0, 0), corner(1, 1), 1, corner(2, 2), corner(3, 3)])
    ]
    roads = read_roads(town(tmp_path / "map.osm", 4, ways))
    assert int((roads.way_ids == 900).sum()) == 2


def test_packed_maps_say_the_same(tmp_path: Path) -> None:
    plain = town(tmp_path / "map.osm")
    packed = tmp_path / "map.osm.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert (read_roads(packed).refs == read_roads(plain).refs).all()


@pytest.mark.skipif(find_spec("osmium") is None, reason="requirements-roads.lock is not installed")
def test_a_binary_map_says_the_same(tmp_path: Path) -> None:
    import osmium

    plain, binary = town(tmp_path / "map.osm"), tmp_path / "map.osm.pbf"
    writer = osmium.SimpleWriter(str(binary))
    for entity in osmium.FileProcessor(str(plain)):
        writer.add(entity)
    writer.close()
    one, other = read_roads(plain), read_roads(binary)
    for name in ("refs", "begin", "kmh", "way_ids"):
        assert (getattr(one, name) == getattr(other, name)).all()
    assert one.lat == pytest.approx(other.lat, abs=1e-7)
    assert _shape(one) == _shape(other)


def _shape(roads: RawRoads) -> tuple[int, tuple[str, ...]]:
    return len(roads.lat), roads.classes


def _problem(folder: Path, *spots: tuple[float, float]) -> str:
    places = [
        {key: value for key, value in place(f"P{row}", 0).items() if key not in {"x_km", "y_km"}}
        | {"lat": lat, "lon": lon}
        for row, (lat, lon) in enumerate(spots)
    ]
    lat, lon = spot(0, 0)
    data = week(places, [shift()], depots=[{"id": "D", "lat": lat, "lon": lon}])
    path = folder / "week.json"
    path.write_text(json.dumps(data), "utf-8")
    return str(path)


def test_the_command_refuses_planes_and_places_without_a_road(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new.json"
    plain = tmp_path / "plane.json"
    plain.write_text(json.dumps(week([place("A", 1)], [shift()])), "utf-8")
    roads = str(town(tmp_path / "map.osm", 5, [BRIDGELESS], ISLAND))
    with pytest.raises(Trouble, match="lat and lon"):
        main(["roads", str(plain), roads, "--out", str(target)])
    with pytest.raises(Trouble, match="--factor"):
        main(["roads", _problem(tmp_path), roads, "--out", str(target), "--factor", "lane=2"])
    island = _problem(tmp_path, spot(2, 2), ISLAND[9001])
    assert main(["roads", island, roads, "--out", str(target), "--lang", "en"]) == 1
    assert "P1: on an island of the road network" in capsys.readouterr().out
    assert not target.exists()


def test_the_command_writes_a_problem_that_drives_on_roads(tmp_path: Path) -> None:
    target = tmp_path / "new.json"
    roads = str(town(tmp_path / "map.osm", 5, [BRIDGELESS], ISLAND))
    problem = _problem(tmp_path, spot(0, 4), ISLAND[9001])
    arguments = ["roads", problem, roads, "--out", str(target), "--fallback", "--factor", "1.5"]
    assert main(arguments) == 0
    before, after = load_problem(problem), load_problem(str(target))
    road = haversine_metres(spot(0, 0), spot(0, 4)) / 1000 / 50 * 60 * 1.5 + 1
    assert after.minutes(0, 1) == pytest.approx(road, abs=0.01)
    assert after.minutes(0, 2) == pytest.approx(before.minutes(0, 2) * 1.5, rel=1e-5)
    assert math.isfinite(after.minutes(2, 1))
