"""Matching engines side by side: the same reports, the same queries, the same labels, one run.

    python -m bench.identity.peers REGISTRY QUERIES LABELS [--only nuantu tantivy splink wide]
        [--singles 200] [--repeats 1] [--top 50] [-o figures.json]

REGISTRY, QUERIES and LABELS are parquet files of `bench.identity.make`; LABELS are queries with truth
about the same registry, made with another `--query-seed`, that every engine may learn from. Each engine
runs in a process of its own, so that its memory is its own; the order turns with each repeat. A peer
whose packages are absent (requirements-peers.lock) is said and left out. Prints a table; `-o` keeps all.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from bench.identity import by_nuantu, by_splink, by_tantivy
from bench.identity.measure import SURE, figures, times

Row = dict[str, Any]
ENGINES: Final[dict[str, tuple[tuple[str, ...], Callable[..., Any]]]] = {
    "nuantu": (("nuantu.linkage",), by_nuantu.Engine),
    "tantivy": (("tantivy",), by_tantivy.Engine),
    "splink": (("splink",), by_splink.Engine),
    "wide": (("splink",), lambda rows, labels: by_splink.Engine(rows, labels, by_splink.WIDE)),
}


def main() -> None:
    """Run one engine (`--engine`, in its own process) or all of them."""
    asked = _arguments()
    if asked.engine:
        print(json.dumps(_one(asked)))
        return
    results: list[Row] = []
    for repeat in range(asked.repeats):
        order = asked.only[repeat % len(asked.only) :] + asked.only[: repeat % len(asked.only)]
        for name in order:
            if not all(map(_is_there, ENGINES[name][0])):
                print(f"{name}: not installed, left out", file=sys.stderr)
                continue
            result = _in_own_process(asked, name)
            results.append({"engine": name, "repeat": repeat} | result)
            _show(results[-1])
    if asked.output:
        asked.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def _in_own_process(asked: argparse.Namespace, name: str) -> Row:
    with tempfile.NamedTemporaryFile("w+", suffix=".json") as answer:
        subprocess.run(
            [sys.executable, "-m", "bench.identity.peers", asked.registry, asked.queries, asked.labels,
             "--engine", name, "--singles", str(asked.singles), "--top", str(asked.top)],
            stdout=answer, check=True, env=os.environ,
        )  # fmt: skip
        answer.seek(0)
        found: Row = json.loads(answer.read().splitlines()[-1])
        return found


def _one(asked: argparse.Namespace) -> Row:
    queries = pq.read_table(asked.queries).to_pylist()
    labels = [(row, row["truth"]) for row in pq.read_table(asked.labels).to_pylist()]
    secret = ("truth", "level", "mode")
    blind = [{key: row[key] for key in row if key not in secret} for row in queries]
    reports = (
        asked.registry if asked.engine == "nuantu" else pq.read_table(asked.registry).to_pylist()
    )
    load = os.getloadavg()[0]
    wall, cpu = time.perf_counter(), time.process_time()
    engine = ENGINES[asked.engine][1](reports, labels)
    built = {
        "wall": round(time.perf_counter() - wall, 2),
        "cpu": round(time.process_time() - cpu, 2),
    }
    engine.search(blind[0], asked.top)
    walls, cpus, answers = _singles(engine, blind[: asked.singles or None], asked.top)
    whole: Row = {}
    if hasattr(engine, "batch"):
        wall, cpu = time.perf_counter(), time.process_time()
        answers = engine.batch(blind, asked.top)
        whole = {
            "wall": round(time.perf_counter() - wall, 2),
            "cpu": round(time.process_time() - cpu, 2),
        }
    elif len(answers) < len(blind):
        answers += [engine.search(row, asked.top) for row in blind[len(answers) :]]
    return {
        "records": pq.read_metadata(asked.registry).num_rows,
        "recall": figures(queries, answers, getattr(engine, "alert", SURE)),
        "search ms": times(walls),
        "search CPU ms": times(cpus),
        "batch s": whole,
        "build s": built,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }


def _singles(
    engine: Any, rows: Sequence[Row], top: int
) -> tuple[list[float], list[float], list[Any]]:
    walls, cpus, answers = [], [], []
    for row in rows:
        wall, cpu = time.perf_counter(), time.process_time()
        answers.append(engine.search(row, top))
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return walls, cpus, answers


def _show(result: Row) -> None:
    recall = result["recall"]
    cells = " ".join(
        f"{level} {recall[level]['@1'][0]:.3f}/{recall[level]['@10'][0]:.3f}/{recall[level]['@50'][0]:.3f}"
        for level in ("L1-L3", "L1", "L2", "L3", "L4")
        if recall.get(level, {}).get("queries")
    )
    rest = {
        name: value for name, value in result.items() if name not in ("recall", "engine", "repeat")
    }
    print(f"{result['engine']:8} {cells}\n         {rest} {recall['calibration']}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("registry", "queries", "labels"):
        parser.add_argument(name)
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument(
        "--singles", type=int, default=200, help="queries whose time is taken; 0 all"
    )
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--top", type=int, default=50)
    parser.add_argument("-o", "--output", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
