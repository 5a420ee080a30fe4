"""Roads of an OpenStreetMap extract: .osm (.gz, .bz2) by a hardened parser, .osm.pbf by osmium."""

import bz2
import gzip
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from nuantu.routing.roads.graph import RawRoads
from nuantu.routing.roads.speeds import SPEEDS, RoadSpeeds, directions

LIBRARY = "osmium"
Way = tuple[int, Mapping[str, str], list[int]]
Node = tuple[int, float, float]


class MapRefused(ValueError):
    """A map that cannot be used, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese, self.english = chinese, english


def read_roads(path: Path, speeds: RoadSpeeds = SPEEDS) -> RawRoads:
    """Drivable ways and their nodes; a way is cut where the extract lacks a node.

    Errors: MapRefused for a file that cannot be read or holds no road.
    """
    try:
        ways = [way for way in _ways(path) if speeds.of(way[1]) and len(way[2]) > 1]
        wanted = {ref for _id, _tags, refs in ways for ref in refs}
        places = {node: (lat, lon) for node, lat, lon in _nodes(path) if node in wanted}
    except (OSError, EOFError, ParseError, DefusedXmlException, RuntimeError, ValueError) as error:
        if isinstance(error, MapRefused):
            raise
        raise MapRefused(f"读不了地图 {path.name}：{error}", f"{path.name}: {error}") from error
    pieces = [piece for way in ways for piece in _whole(way, places)]
    if not pieces:
        raise MapRefused(f"{path.name} 没有可通行的道路", f"{path.name} holds no road to drive")
    return _raw(pieces, places, speeds)


def _whole(way: Way, places: Mapping[int, tuple[float, float]]) -> Iterator[Way]:
    """The runs of a way whose nodes the extract holds."""
    number, tags, refs = way
    run: list[int] = []
    for ref in [*refs, None]:
        if ref is not None and ref in places:
            run.append(ref)
            continue
        if len(run) > 1:
            yield number, tags, run
        run = []


def _raw(
    pieces: list[Way], places: Mapping[int, tuple[float, float]], speeds: RoadSpeeds
) -> RawRoads:
    ids = np.unique([ref for piece in pieces for ref in piece[2]])
    refs = np.searchsorted(ids, [ref for piece in pieces for ref in piece[2]])
    both = [directions(tags) for _id, tags, _refs in pieces]
    spots = np.array([places[node] for node in ids.tolist()])
    return RawRoads(
        lat=spots[:, 0],
        lon=spots[:, 1],
        refs=refs.astype(np.int64),
        begin=np.cumsum([0, *(len(piece[2]) for piece in pieces)]),
        kmh=np.array([speeds.of(tags) or 1.0 for _id, tags, _refs in pieces]),
        forward=np.array([along for along, _against in both]),
        backward=np.array([against for _along, against in both]),
        way_ids=np.array([number for number, _tags, _refs in pieces], dtype=np.int64),
        classes=tuple(tags["highway"].removesuffix("_link") for _id, tags, _refs in pieces),
    )


def _ways(path: Path) -> Iterator[Way]:
    if _is_binary(path):
        yield from _osmium_ways(path)
        return
    for element in _elements(path, "way"):
        tags = {str(tag.get("k")): str(tag.get("v")) for tag in element.iter("tag")}
        if "highway" in tags:
            refs = [int(node.get("ref", "")) for node in element.iter("nd")]
            yield int(element.get("id", "")), tags, refs


def _nodes(path: Path) -> Iterator[Node]:
    if _is_binary(path):
        yield from _osmium_nodes(path)
        return
    for element in _elements(path, "node"):
        lat, lon = float(element.get("lat", "")), float(element.get("lon", ""))
        yield int(element.get("id", "")), lat, lon


def _is_binary(path: Path) -> bool:
    if path.suffix != ".pbf":
        return False
    if find_spec(LIBRARY) is None:
        raise MapRefused(
            "读 .osm.pbf 需要先安装 requirements-roads.lock；或改用 .osm 文件",
            "a .osm.pbf needs requirements-roads.lock installed; or use a .osm file",
        )
    return True


def _osmium_ways(path: Path) -> Iterator[Way]:
    osmium: Any = import_module(LIBRARY)
    kinds = osmium.osm.WAY
    for way in osmium.FileProcessor(str(path), kinds).with_filter(
        osmium.filter.KeyFilter("highway")
    ):
        yield way.id, dict(way.tags), [node.ref for node in way.nodes]


def _osmium_nodes(path: Path) -> Iterator[Node]:
    osmium: Any = import_module(LIBRARY)
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
        if node.location.valid():
            yield node.id, node.location.lat, node.location.lon


def _elements(path: Path, name: str) -> Iterator[Element]:
    """Elements of one name; what was read is let go, so that a large file needs little memory."""
    with _open(path) as file:
        root: Element | None = None
        for event, element in iterparse(
            file, events=("start", "end"), forbid_dtd=True, forbid_entities=True
        ):
            if root is None:
                root = element
            if event == "end" and element.tag in {"node", "way", "relation"}:
                if element.tag == name:
                    yield element
                root.clear()


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    if path.suffix == ".gz":
        return gzip.open(path)
    if path.suffix == ".bz2":
        return bz2.open(path)
    return path.open("rb")
