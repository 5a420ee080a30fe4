"""Clusters of a table by Splink 5 on DuckDB, with settings like those of its own demo of a table of people."""

from importlib import import_module
from typing import Any, Final

Row = dict[str, str]
SEED: Final = 1
THRESHOLDS: Final = (0.5, 0.8, 0.95, 0.99, 0.999)
DATE: Final = 10  # letters of yyyy-mm-dd


def clusters(rows: list[Row], names: tuple[str, str, str], others: dict[str, str]) -> Any:
    """By threshold, the cluster of each row. `names`: the columns of given name, surname and date of birth;
    `others`: kind ("code" or "text") by column."""
    splink: Any = import_module("splink")
    arrow: Any = import_module("pyarrow")
    api = splink.DuckDBAPI()
    given, surname, born = names
    kept = [
        {"unique_id": number}
        | {name: row[name] or None for name in (given, surname, *others)}
        | {born: _date(row[born])}
        for number, row in enumerate(rows)
    ]
    table = api.register(arrow.Table.from_pylist(kept), dataset_display_name="rows")
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(names, others),
        blocking_rules_to_generate_predictions=_rules(splink, names, others),
        retain_matching_columns=False,
    )
    linker = splink.Linker(table, settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [splink.block_on(given, surname, born)], recall=0.3
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(splink.block_on(given, surname))
    training.estimate_parameters_using_expectation_maximisation(splink.block_on(born))
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    found = {}
    for least in THRESHOLDS:
        told = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, least)
        of = [0] * len(rows)
        for one in told.as_record_list():
            of[int(one["unique_id"])] = int(one["cluster_id"])
        found[least] = of
    return found


def _date(text: str) -> str | None:
    digits = text.replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == DATE - 2 else None


def _comparisons(names: tuple[str, str, str], others: dict[str, str]) -> list[Any]:
    library: Any = import_module("splink.comparison_library")
    given, surname, born = names
    found = [
        library.ForenameSurnameComparison(given, surname),
        library.DateOfBirthComparison(born, input_is_string=True),
    ]
    for name, kind in others.items():
        if kind == "code":
            one = library.LevenshteinAtThresholds(name, [1, 2])
        else:
            one = library.JaroWinklerAtThresholds(name, [0.88])
        found.append(one.configure(term_frequency_adjustments=True))
    return found


def _rules(splink: Any, names: tuple[str, str, str], others: dict[str, str]) -> list[Any]:
    given, surname, born = names
    begun = splink.block_on(f"substr({given}, 1, 3)", f"substr({surname}, 1, 4)")
    pairs = [(surname, born), (given, born), (given, surname)]
    pairs += [(name, other) for other in others for name in (given, surname, born)]
    return [begun, *(splink.block_on(*pair) for pair in pairs)]
