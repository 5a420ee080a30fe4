"""The compiled loops are kept between runs, so that they are compiled once for each of their versions."""

from pathlib import Path

from nuantu.routing.search.kept import keep_in

keep_in(Path(__file__).parents[2] / ".nuantu" / "kernels")
