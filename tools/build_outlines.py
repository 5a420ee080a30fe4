"""Make the compact province outlines that ship with Nuantu. Run once, by hand.

    python tools/build_outlines.py china-provinces-osm.geojson

Input: the simplified ISO 3166-2 outlines of KDE's foss-public-alert-server, © OpenStreetMap
contributors, ODbL 1.0. Output: the same corners with the two-digit division code instead of the
ISO code, four decimals (about 10 m), holes left out. 台湾省 has no outline in the source.
"""

import argparse
import json
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/nuantu/places/data/provinces.geojson"
CODE_OF_ISO = {
    "AH": "34", "BJ": "11", "CQ": "50", "FJ": "35", "GD": "44", "GS": "62", "GX": "45", "GZ": "52",
    "HA": "41", "HB": "42", "HE": "13", "HI": "46", "HK": "81", "HL": "23", "HN": "43", "JL": "22",
    "JS": "32", "JX": "36", "LN": "21", "MO": "82", "NM": "15", "NX": "64", "QH": "63", "SC": "51",
    "SD": "37", "SH": "31", "SN": "61", "SX": "14", "TJ": "12", "XJ": "65", "XZ": "54", "YN": "53",
    "ZJ": "33",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    source = json.loads(parser.parse_args().source.read_text("utf-8"))
    features = [
        {
            "type": "Feature",
            "properties": {"code": CODE_OF_ISO[feature["properties"]["iso3166_2"][3:]]},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[round(x, 4), round(y, 4)] for x, y in polygon[0]]]
                    for polygon in feature["geometry"]["coordinates"]
                ],
            },
        }
        for feature in source["features"]
    ]
    features.sort(key=lambda feature: str(feature["properties"]))
    collection = {
        "type": "FeatureCollection",
        "license": "ODbL-1.0",
        "attribution": "© OpenStreetMap contributors",
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n", "utf-8")
    print(f"{TARGET.name}: {len(features)} outlines, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
