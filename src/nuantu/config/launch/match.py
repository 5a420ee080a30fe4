"""`./nuantu match`: who might this person be? Missing-person reports and found persons on files."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from nuantu.config.launch import match_clusters
from nuantu.config.launch.match_files import found_of, read_queries, read_registry, write_table
from nuantu.config.launch.match_plots import Judged, draw
from nuantu.config.launch.trouble import Trouble
from nuantu.linkage.columns import Found
from nuantu.linkage.explain import explain, sentence
from nuantu.linkage.index import Index, Ranking
from nuantu.linkage.join import Pair, link, watch
from nuantu.linkage.learn import closing_day, from_matches
from nuantu.linkage.listed import Listed
from nuantu.linkage.parameters import LEAST_SURE, Parameters
from nuantu.linkage.store import Damaged, load, save
from nuantu.places.rules.gazetteer import read_gazetteer

TIMED: Final = 200  # queries asked one by one for their time
NOBODY: Final = -1
NEVER: Final = 1e-9  # what no posterior is nearer to 0 or 1 than
Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Runs on files alone: no database. Raises Trouble for a file that cannot be used."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _search(options: argparse.Namespace) -> int:
    rows = read_queries(options.queries)
    index, built = _index(rows, options)
    asked = [(row["qid"], found) for row, found in _told(rows)]
    index.search(asked[0][1], options.top)  # what is compiled on first use is not timed
    wall, cpu = time.perf_counter(), time.process_time()
    rankings = index.search_many([found for _, found in asked], options.top)
    batch = _spent(wall, cpu)
    if options.out:
        write_table(options.out, _answers([qid for qid, _ in asked], rankings))
    else:
        _print_answers(asked, rankings, options.lang)
    if options.json:
        print(json.dumps(_figures(index, [found for _, found in asked], built, batch)))
    return 0


def _link(options: argparse.Namespace) -> int:
    rows = read_queries(options.queries)
    index, _ = _index(rows, options)
    asked = _told(rows)
    _pairs(options, asked, link(index, [found for _, found in asked], options.least))
    return 0


def _watch(options: argparse.Namespace) -> int:
    """Reports that came since, put among the others, against everybody who is still unknown."""
    rows, new = read_queries(options.queries), read_registry(options.new)
    index, _ = _index(rows, options)
    index = index.add(new)
    asked = _told(rows)
    found = watch(index, new.rid.tolist(), [found for _, found in asked], options.least)
    _pairs(options, asked, found)
    return 0


def _pairs(
    options: argparse.Namespace, asked: Sequence[tuple[Row, Found]], pairs: Sequence[Pair]
) -> None:
    columns: dict[str, Sequence[object]] = {
        "qid": [asked[pair.found][0]["qid"] for pair in pairs],
        "rid": [pair.rid for pair in pairs],
        "posterior": [pair.posterior for pair in pairs],
    }
    if options.out:
        write_table(options.out, columns)
    for qid, rid, posterior in [] if options.out else zip(*columns.values(), strict=True):
        print(f"{qid}\t{rid}\t{posterior:.3f}")


def _explain(options: argparse.Namespace) -> int:
    rows = read_queries(options.queries)
    row = next((row for row in rows if row["qid"] == options.qid), None)
    if row is None:
        raise Trouble(f"没有查询 {options.qid}", f"there is no query {options.qid}")
    index, _ = _index(rows, options)
    if options.rid not in index.rid:
        raise Trouble(f"没有报告 {options.rid}", f"there is no report {options.rid}")
    told = explain(index, _told([row])[0][1], options.rid)
    english = options.lang == "en"
    print(f"{told.prior:+8.2f}  {'before anything is known' if english else '尚无任何线索时'}")
    for one in told.contributions:
        print(f"{one.nats:+8.2f}  {sentence(one, options.lang)}")
    sure = "that this is the person" if english else "就是此人的可能"
    logit = math.log(max(told.posterior, NEVER) / max(1.0 - told.posterior, NEVER))
    others = "set against all other reports" if english else "与其他所有登记相比"
    print(f"{logit - told.prior - told.score:+8.2f}  {others}")
    print(f"{logit:+8.2f}  {told.posterior:.1%} {sure}")
    return 0


def _learn(options: argparse.Namespace) -> int:
    rows = read_queries(options.queries)
    asked = _with_truth(options.queries, rows)
    index, _ = _index(rows, options)
    try:
        learnt = from_matches(
            index, [found for _, found in asked], [row["truth"] for row, _ in asked]
        )
    except ValueError as error:
        raise Trouble(f"学不成：{error}", f"nothing can be learnt: {error}") from error
    Path(options.out).write_text(learnt.to_json() + "\n", encoding="utf-8")
    return 0


def _bench(options: argparse.Namespace) -> int:
    rows = read_queries(options.queries)
    asked = _with_truth(options.queries, rows)
    index, built = _index(rows, options)
    founds = [found for _, found in asked]
    index.search(founds[0])
    wall, cpu = time.perf_counter(), time.process_time()
    rankings = index.search_many(founds)
    figures = _figures(index, founds, built, _spent(wall, cpu))
    print(json.dumps(figures | _recall([row for row, _ in asked], rankings), indent=1))
    if options.plots:
        _plots(options, index, asked, rankings)
    return 0


def _plots(
    options: argparse.Namespace,
    index: Index,
    asked: Sequence[tuple[Row, Found]],
    rankings: Sequence[Ranking],
) -> None:
    truth = np.array([row["truth"] for row, _ in asked])
    best = np.array([one.rid[0] for one in rankings])
    chance = np.array([one.posterior[0] for one in rankings])
    levels = [str(row.get("level") or "") for row, _ in asked]
    right = (best == truth) & (truth >= 0)
    shown = int(np.argmax(np.where(right, chance < LEAST_SURE, False))) if right.any() else 0
    told = explain(index, asked[shown][1], int(best[shown]))
    for path in draw(
        Path(options.plots), Judged(chance, right, truth >= 0, levels), told, options.lang
    ):
        print(path, file=sys.stderr)


def _recall(rows: Sequence[Row], rankings: Sequence[Ranking]) -> Row:
    levels: dict[str, list[int]] = {}
    alerts, absent = 0, 0
    for row, ranking in zip(rows, rankings, strict=True):
        if row["truth"] < 0:
            absent += 1
            alerts += ranking.is_sure
            continue
        at = np.flatnonzero(ranking.rid == row["truth"])
        for level in ("all", row.get("level") or ""):
            levels.setdefault(level, []).append(int(at[0]) if len(at) else 10**6)
    recall = {
        level: {f"@{first}": float(np.mean(np.array(places) < first)) for first in (1, 10, 50)}
        for level, places in levels.items()
        if level
    }
    return {
        "recall": recall,
        "absent": absent,
        "alerts_on_absent": alerts / absent if absent else None,
    }


def _told(rows: Sequence[Row]) -> list[tuple[Row, Found]]:
    """Queries that say something; the others are named. Raises Trouble when none is left."""
    pairs = [(row, found_of(row)) for row in rows]
    empty = [row["qid"] for row, found in pairs if found.is_empty]
    if empty:
        numbers = ", ".join(map(str, empty[:20]))
        print(
            f"查询 {numbers} 什么线索也没有，没有检索 / queries {numbers} say nothing and were left out",
            file=sys.stderr,
        )
    if len(empty) == len(pairs):
        raise Trouble("没有一条查询带有线索", "no query says anything")
    return [(row, found) for row, found in pairs if not found.is_empty]


def _with_truth(name: str, rows: Sequence[Row]) -> list[tuple[Row, Found]]:
    if rows and "truth" not in rows[0]:
        raise Trouble(f"{name} 缺少列：truth", f"{name} lacks the column truth")
    return _told(rows)


def _index(rows: Sequence[Row], options: argparse.Namespace) -> tuple[Index, Row]:
    """The index of the reports, from `--index` where that is of these reports, and what making it took."""
    parameters = _parameters(options)
    if parameters.closing_day < 0:
        closed = closing_day([found_of(row) for row in rows])
        parameters = replace(parameters, closing_day=closed)
    listed = None if options.no_gazetteer else Listed(read_gazetteer())
    wall, cpu = time.perf_counter(), time.process_time()
    kept = _kept(options, listed)
    if kept:
        return Index(kept.built, parameters), _spent(wall, cpu)
    registry = read_registry(options.registry)
    wall, cpu = time.perf_counter(), time.process_time()
    index = Index(registry, parameters, listed)
    spent = _spent(wall, cpu)
    if options.index:
        try:
            save(index, Path(options.index), _digest(options.registry))
        except OSError as error:
            raise Trouble(
                f"写不了 {options.index}：{error}", f"{options.index} cannot be written: {error}"
            ) from error
    return index, spent


def _parameters(options: argparse.Namespace) -> Parameters:
    try:
        text = Path(options.parameters).read_text("utf-8") if options.parameters else "{}"
        return Parameters.from_json(text)
    except (OSError, ValueError) as error:
        raise Trouble(
            f"参数文件 {options.parameters} 不能用：{error}",
            f"the parameters {options.parameters} cannot be used: {error}",
        ) from error


def _kept(options: argparse.Namespace, listed: Listed | None) -> Index | None:
    """The saved index when it was made of this very file."""
    if not options.index or not Path(options.index).exists():
        return None
    try:
        index, generation = load(Path(options.index), listed)
    except (Damaged, OSError) as error:
        print(
            f"{options.index} 已损坏，重新建立 / is damaged and made anew: {error}", file=sys.stderr
        )
        return None
    return index if generation == _digest(options.registry) else None


def _digest(name: str) -> int:
    """A number of the bytes of a file. Raises Trouble when it cannot be read."""
    try:
        return int(hashlib.sha256(Path(name).read_bytes()).hexdigest()[:15], 16)
    except OSError as error:
        raise Trouble(f"读不了 {name}：{error}", f"{name} cannot be read: {error}") from error


def _figures(index: Index, founds: Sequence[Found], built: Row, batch: Row) -> Row:
    walls, cpus = [], []
    for found in founds[:TIMED]:
        wall, cpu = time.perf_counter(), time.process_time()
        index.search(found)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return {
        "records": len(index),
        "queries": len(founds),
        "build": built,
        "batch": batch,
        "search_ms": _shares(walls),
        "search_cpu_ms": _shares(cpus),
        "bytes_a_row": round(index.bytes_a_row, 1),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def _shares(values: Sequence[float]) -> Row:
    return {f"p{share}": round(float(np.percentile(values, share)), 2) for share in (50, 95)}


def _spent(wall: float, cpu: float) -> Row:
    return {
        "wall_s": round(time.perf_counter() - wall, 3),
        "cpu_s": round(time.process_time() - cpu, 3),
    }


def _answers(qids: Sequence[int], rankings: Sequence[Ranking]) -> dict[str, Sequence[object]]:
    """The format of identity.md: ranks from 1, and a row with rid -1 for "in no report"."""
    rows: list[tuple[object, ...]] = []
    for qid, ranking in zip(qids, rankings, strict=True):
        best = zip(ranking.rid, ranking.score, ranking.posterior, strict=True)
        rows += [
            (qid, place, int(rid), float(score), float(posterior))
            for place, (rid, score, posterior) in enumerate(best, 1)
        ]
        rows.append((qid, len(ranking.rid) + 1, NOBODY, 0.0, float(ranking.absent)))
    names = ("qid", "rank", "rid", "score", "posterior")
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def _print_answers(
    asked: Sequence[tuple[int, Found]], rankings: Sequence[Ranking], language: str
) -> None:
    nobody = "in no report" if language == "en" else "不在任何报告中"
    for (qid, _), ranking in zip(asked, rankings, strict=True):
        for place, rid in enumerate(ranking.rid):
            print(
                f"{qid}\t{place + 1}\t{rid}\t{ranking.score[place]:.2f}\t{ranking.posterior[place]:.3f}"
            )
        print(f"{qid}\t-\t{nobody}\t\t{ranking.absent:.3f}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nuantu match", description="疑似身份比对 / who might this person be"
    )
    actions = parser.add_subparsers(dest="action", required=True)
    is_english = (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("en")
    for name, run, text in (
        ("search", _search, "为每条查询列出最可能的报告 / the likeliest reports for each query"),
        ("link", _link, "两表一一配对 / pair two whole tables one to one"),
        (
            "watch",
            _watch,
            "新报告与所有未查明的人比对 / new reports against everybody still unknown",
        ),
        ("explain", _explain, "逐项说明一条得分 / open one score into its parts"),
        ("learn", _learn, "从已核实的配对学习参数 / learn from confirmed matches"),
        ("bench", _bench, "按真值量召回与用时 / recall and times by the truth"),
    ):
        action = actions.add_parser(name, help=text)
        action.set_defaults(run=run)
        action.add_argument(
            "--registry", required=True, metavar="R.parquet", help="失踪报告 / reports"
        )
        action.add_argument("--queries", required=True, metavar="Q.parquet", help="查询 / queries")
        action.add_argument("--parameters", metavar="P.json", help="学得的参数 / learnt parameters")
        action.add_argument(
            "--index",
            metavar="FILE",
            help="索引存于此，报告未变时直接读取 / index kept here and read while the reports are the same",
        )
        action.add_argument(
            "--no-gazetteer",
            action="store_true",
            help="不用全国地名表 / without the list of all divisions",
        )
        action.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")
    _more(actions.choices)
    match_clusters.add_to(actions)
    return parser


def _more(actions: dict[str, argparse.ArgumentParser]) -> None:
    out = "写入 .parquet 或 .csv / written as .parquet or .csv"
    for name in ("search", "link", "watch"):
        actions[name].add_argument("-o", "--out", metavar="OUT.parquet", help=out)
    search = actions["search"]
    search.add_argument("--top", type=int, default=50, help="每条几名 / how many for each")
    search.add_argument("--json", action="store_true", help="印出用时 / print timing")
    actions["link"].add_argument(
        "--least", type=float, default=0.5, help="最低可能 / least probability"
    )
    watch_ = actions["watch"]
    watch_.add_argument("--new", required=True, metavar="N.parquet", help="新报告 / new reports")
    watch_.add_argument("--least", type=float, default=0.1, help="最低可能 / least probability")
    actions["bench"].add_argument(
        "--plots", metavar="DIR", help="三幅图写入 / three pictures written to"
    )
    actions["learn"].add_argument(
        "-o", "--out", metavar="P.json", required=True, help="写到 / written to"
    )
    actions["explain"].add_argument("--qid", type=int, required=True, help="查询编号 / the query")
    actions["explain"].add_argument("--rid", type=int, required=True, help="报告编号 / the report")
