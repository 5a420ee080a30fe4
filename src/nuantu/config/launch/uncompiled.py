"""The search of patrols in plain Python, in a process of its own: for one small week, at once.

Compiling the search takes half a minute, as long as all the rest of a demo. The same functions run
uncompiled plan its week in a second.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from nuantu.config.launch.installation import ROOT
from nuantu.routing.problem_json import problem_from
from nuantu.routing.search.kept import keep_in

SOLVE: Final = "nuantu.routing.solve"
PLAIN: Final = {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT / "src")}


def searched(
    problem: Mapping[str, Any], *, steps: int, seed: int
) -> dict[tuple[str, int], tuple[str, ...]]:
    """The stops of each team and night of a problem in JSON. Raises CalledProcessError."""
    with TemporaryDirectory(prefix="nuantu-plain-") as folder:
        asked = [sys.executable, "-P", "-m", __name__, folder, str(steps), str(seed)]
        done = subprocess.run(
            asked,
            input=json.dumps(problem),
            env={**os.environ, **PLAIN},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return {(team, night): tuple(stops) for team, night, stops in json.loads(done.stdout)}


def main() -> None:
    """Reads a problem, writes the routes."""
    folder, steps, seed = sys.argv[1:]
    keep_in(Path(folder))  # nothing here counts as compiled
    engine: Any = import_module(SOLVE)
    plan = engine.solve(problem_from(json.load(sys.stdin)), iterations=int(steps), seed=int(seed))
    json.dump([[route.team, route.night, route.stops] for route in plan.routes], sys.stdout)


if __name__ == "__main__":
    main()
