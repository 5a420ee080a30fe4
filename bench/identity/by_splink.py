"""Splink 5 on DuckDB: Fellegi-Sunter in SQL behind blocking rules, m from the same labels as ours, u by
sampling, term frequencies for names. Seven rules, or wide ones that let about forty times more through.
"""

from importlib import import_module
from typing import Any, Final

from bench.identity.features import (
    Row,
    birth_year,
    folded,
    places_of_query,
    places_of_report,
    sounds,
)

GROWN: Final = 19
Levels = list[tuple[str, str]]
SEVEN: Final = (
    ("surname_folded", "last_folded"),
    ("given_folded", "sex"),
    ("alias_folded", "sex"),
    ("surname_folded", "lost_city"),
    ("last_folded", "lost_city"),
    ("lost_county", "sex"),
    ("<small>", "sex", "ten"),
)
WIDE: Final = (
    *SEVEN, ("<small>", "sex"), ("<middle>", "sex", "ten"), ("last_folded", "sex", "ten"), ("lost_city", "sex", "ten"),
    ("surname_folded", "sex", "five"),
)  # fmt: skip


class Engine:
    """A linker over one registry; `rules` say which pairs are looked at."""

    def __init__(
        self,
        rows: list[Row],
        labels: list[tuple[Row, int]],
        rules: tuple[tuple[str, ...], ...] = SEVEN,
    ) -> None:
        self.library: Any = import_module("splink")
        self.arrow: Any = import_module("pyarrow")
        self.api = self.library.DuckDBAPI()
        self.registry = self._table([_report(row) for row in rows], "reports")
        taught = [_query(row, f"t{number}") for number, (row, _) in enumerate(labels)]
        found = self._table(taught, "founds")
        self.linker = self.library.Linker(
            [self.registry, found], self._settings(rules), log_level=40
        )
        training = self.linker.training
        training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        pairs = [
            {
                "source_dataset_l": "reports",
                "unique_id_l": str(rid),
                "source_dataset_r": "founds",
                "unique_id_r": f"t{number}",
            }
            for number, (_, rid) in enumerate(labels)
            if rid >= 0
        ]
        said = self.api.register(self.arrow.Table.from_pylist(pairs), dataset_display_name="said")
        training.estimate_m_from_pairwise_labels(said)
        self.rows = rows
        for column in ("surname", "last"):
            self.linker.table_management.compute_tf_table(column)
        self.asked = 0

    def search(self, row: Row, top: int) -> list[tuple[int, float, float]]:
        """(rid, match weight, match probability) from the best down."""
        return self.batch([row], top)[0]

    def batch(self, rows: list[Row], top: int) -> list[list[tuple[int, float, float]]]:
        """The same for many queries at once."""
        self.asked += 1
        found = self._table(
            [_query(row, str(number)) for number, row in enumerate(rows)],
            f"asked_{self.asked}",
            "founds",
        )
        pairs = self.linker.inference.predict_between(
            self.registry, found, threshold_match_weight=-12
        )
        best = self.api.query_sql(
            "select unique_id_r as qid, unique_id_l as rid, match_weight as weight, match_probability as chance "  # the name is Splink's
            f"from {pairs.physical_name} qualify row_number() over "
            f"(partition by unique_id_r order by match_weight desc) <= {top} order by weight desc"
        ).as_record_list()
        answers: list[list[tuple[int, float, float]]] = [[] for _ in rows]
        for one in best:
            answers[int(one["qid"])].append((int(one["rid"]), one["weight"], one["chance"]))
        pairs.drop_table_from_database_and_remove_from_cache()
        return answers

    def _table(self, rows: list[Row], name: str, source: str = "") -> Any:
        for row in rows:
            row["source_dataset"] = source or name
        return self.api.register(self.arrow.Table.from_pylist(rows), dataset_display_name=name)

    def _settings(self, rules: tuple[tuple[str, ...], ...]) -> Any:
        return self.library.SettingsCreator(
            link_type="link_only",
            comparisons=_comparisons(),
            blocking_rules_to_generate_predictions=[_rule(self.library, rule) for rule in rules],
            probability_two_random_records_match=1e-6,
            retain_matching_columns=False,
        )


def _rule(library: Any, columns: tuple[str, ...]) -> Any:
    names = [column.strip("<>") for column in columns]
    arrays = [column.strip("<>") for column in columns if column.startswith("<")]
    return library.block_on(*names, arrays_to_explode=arrays or None)


def _report(row: Row) -> Row:
    places = places_of_report(row)
    named = [name for name, level in zip(places[2:], "cdv", strict=False) if level] or places[-1:]
    return _person(row, (row["surname"], row["given"], row["alias"]), row["birth_year"]) | {
        "unique_id": str(row["rid"]),
        "lost_county": row["lost_county"] or None,
        "lost_city": row["lost_county"][:4] or None,
        "day": row["lost_day"],
        "accent": row["prov"][:2],
        "is_grown": row["birth_year"] > 0
        and 1990 + row["lost_day"] / 365.25 - row["birth_year"] > GROWN,
        "places": places,
        "heard": sorted({"".join(folded(one)) for one in places}),
        "small": sorted({"".join(folded(one)) for one in named}),
        "middle": sorted({"".join(sounds(one)) for one in places[1:3]}),
    }


def _query(row: Row, number: str) -> Row:
    places = places_of_query(row)
    year = birth_year(row)
    heard = sorted({"".join(folded(one)) for one in places})
    return _person(row, (row["h_surname"], row["h_given"], row["h_nick"]), year) | {
        "unique_id": number,
        "lost_county": row["found_county"] or None,
        "lost_city": row["found_county"][:4] or None,
        "day": row["found_day"],
        "accent": ACCENTS.get(row["accent"]),
        "is_grown": row["age"] > GROWN,
        "places": places,
        "heard": heard,
        "small": heard,
        "middle": sorted({"".join(sounds(one)) for one in places}),
    }


def _person(row: Row, names: tuple[str, str, str], year: int) -> Row:
    surname, given, alias = names
    last = given[-1:] or alias[-1:]
    return {
        "surname": surname or None,
        "surname_sound": "".join(sounds(surname)) or None,
        "surname_folded": "".join(folded(surname)) or None,
        "given": given or None,
        "given_sound": "".join(sounds(given)) or None,
        "given_folded": "".join(folded(given)) or None,
        "last": last or None,
        "last_sound": "".join(sounds(last)) or None,
        "last_folded": "".join(folded(last)) or None,
        "alias": alias or None,
        "alias_folded": "".join(folded(alias)) or None,
        "sex": row["sex"] or None,
        "year": year if year > 0 else None,
        "five": year // 5 if year > 0 else None,
        "ten": year // 10 if year > 0 else None,
        "height": row["height"] if row["height"] > 0 else None,
        "marks": row["marks"],
    }


ACCENTS: Final = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙", "21": "辽宁", "22": "吉林", "23": "黑龙", "31": "上海",
    "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北", "43": "湖南",
    "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西",
    "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
}  # fmt: skip


def _comparisons() -> list[Any]:
    both = "list_intersect({0}_l, {0}_r)"
    shared, heard = both.format("places"), both.format("heard")
    year, height = "abs(year_l - year_r)", "abs(height_l - height_r)"
    gap = "greatest(day_r, day_l) - least(day_r, day_l)"
    return [
        _comparison("surname", "surname_l is null or surname_r is null", [
            ("surname_l = surname_r", "surname"), ("surname_sound_l = surname_sound_r", ""),
            ("surname_folded_l = surname_folded_r", "")]),
        _comparison("given", "given_l is null or given_r is null", [
            ("given_l = given_r", ""), ("given_sound_l = given_sound_r", ""), ("given_folded_l = given_folded_r", ""),
            ("last_l = last_r", "last"), ("last_folded_l = last_folded_r", ""),
            ("given_folded_l[1:2] = given_folded_r[1:2]", "")]),
        _comparison("alias", "alias_r is null", [
            ("alias_l = alias_r", ""), ("alias_folded_l = alias_folded_r", ""), ("last_folded_l = last_folded_r", "")]),
        _comparison("sex", "sex_l is null or sex_r is null", [("sex_l = sex_r", "")]),
        _comparison("year", "year_l is null or year_r is null", [
            (f"{year} <= {most}", "") for most in (1, 3, 6, 10, 16)]),
        _comparison("height", "height_l is null or height_r is null or not is_grown_l or not is_grown_r", [
            (f"{height} <= {most}", "") for most in (2, 5, 9)]),
        _comparison("lost_county", "lost_county_l is null or lost_county_r is null", [
            ("lost_county_l = lost_county_r", ""), ("lost_city_l = lost_city_r", ""),
            ("lost_city_l[1:2] = lost_city_r[1:2]", "")]),
        _comparison("day", "day_l is null or day_r is null", [
            (f"{gap} <= {most}", "") for most in (30, 90, 365, 2000)]),
        _comparison("accent", "accent_l is null or accent_r is null", [("accent_l = accent_r", "")]),
        _comparison("marks", "marks_l = 0 or marks_r = 0", [
            ("bit_count(marks_l & marks_r) >= 2", ""), ("bit_count(marks_l & marks_r) = 1", "")]),
        _comparison("places", "len(places_l) = 0 or len(places_r) = 0", [
            (f"len({shared}) >= 3", ""), (f"len({shared}) = 2 and len({heard}) > 2", ""), (f"len({shared}) = 2", ""),
            (f"len({heard}) >= 3", ""), (f"len({heard}) = 2", ""),
            ("len(list_intersect(small_l, small_r)) = 1", ""), (f"len({shared}) = 1", ""), (f"len({heard}) = 1", "")]),
    ]  # fmt: skip


def _comparison(name: str, unknown: str, levels: Levels) -> Any:
    rows: list[Row] = [
        {"sql_condition": unknown, "label_for_charts": "unknown", "is_null_level": True}
    ]
    for condition, frequency in levels:
        row: Row = {"sql_condition": condition, "label_for_charts": condition}
        if frequency:
            row["tf_adjustment_column"] = frequency
        rows.append(row)
    rows.append({"sql_condition": "ELSE", "label_for_charts": "else"})
    return {"output_column_name": name, "comparison_levels": rows}
