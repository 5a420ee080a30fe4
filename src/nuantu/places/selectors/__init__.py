"""Reads about places.

For other packages: `near`, `nearest_station`, `nearest_relief_point`, `nearest_hospital`,
`responsible_station`, `division_at`, `match_words`, `check_point`, `register_layer`,
`register_type_source`.
"""

from nuantu.places.selectors.layers import (
    Feature,
    Layer,
    collection,
    layer_for,
    layers_for,
    outline_collection,
    point_note,
    register_layer,
    register_own_layers,
    towns,
)
from nuantu.places.selectors.nearby import (
    Near,
    division_at,
    in_use,
    near,
    nearest_hospital,
    nearest_relief_point,
    nearest_station,
    responsible_station,
)
from nuantu.places.selectors.points import PointCheck, check_point
from nuantu.places.selectors.registers import (
    CountyPoints,
    Filters,
    holder,
    hospital_list,
    is_stale,
    key_location_list,
    place_division,
    relief_board,
    relief_point_list,
    station_list,
)
from nuantu.places.selectors.types import (
    location_types,
    register_type_source,
    type_choices,
    type_label,
)
from nuantu.places.selectors.words import Candidate, match_words

__all__ = [
    "Candidate",
    "CountyPoints",
    "Feature",
    "Filters",
    "Layer",
    "Near",
    "PointCheck",
    "check_point",
    "collection",
    "division_at",
    "holder",
    "hospital_list",
    "in_use",
    "is_stale",
    "key_location_list",
    "layer_for",
    "layers_for",
    "location_types",
    "match_words",
    "near",
    "nearest_hospital",
    "nearest_relief_point",
    "nearest_station",
    "outline_collection",
    "place_division",
    "point_note",
    "register_layer",
    "register_own_layers",
    "register_type_source",
    "relief_board",
    "relief_point_list",
    "responsible_station",
    "station_list",
    "towns",
    "type_choices",
    "type_label",
]
