"""The decorator of the compiled functions, and where their machine code is kept.

Numba keeps machine code by the file of each function alone, and would not see that a function which
it calls has changed; so the folder carries a digest of all compiled files beside it and of the search.
"""

import hashlib
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

from nuantu.routing.search import kept

F = TypeVar("F", bound=Callable[..., Any])

HERE = Path(__file__).parent
MARK = b"search.compiled import"  # stands in each file that is compiled


def _digest(of: Path) -> str:
    found = hashlib.sha256(f"{numba.__version__} {np.__version__}".encode())
    for folder in sorted({HERE, of}):
        for path in sorted(folder.glob("*.py")):
            text = path.read_bytes()
            if folder == HERE or MARK in text:
                found.update(text)
    return found.hexdigest()[:16]


@cache
def _folder(of: Path) -> Path:
    """Where the machine code of the files of a folder is, or a passing place where that cannot be written."""
    folder = kept.folder() / _digest(of)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="nuantu-kernels-"))
    return folder


FOLDER = _folder(HERE)


def entry(function: F) -> F:
    """Compile with Numba a function that Python calls, free of the interpreter's lock, kept on disk."""
    return _compiled(function)


def kernel(function: F) -> F:
    """Compile with Numba a function that only compiled ones call: it gets no door to Python."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: F) -> F:
    """Compile with Numba into its callers: for the innermost work, whose arguments are many."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, inline="always")


def _compiled(function: F, **options: Any) -> F:
    """The folder is a setting of all of Numba, read when a function is decorated."""
    njit: Any = numba.njit
    settings: Any = numba.config
    folder = _folder(Path(function.__code__.co_filename).parent)
    before, settings.CACHE_DIR = settings.CACHE_DIR, str(folder)
    try:
        compiled = njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **options)
        return cast("F", compiled(function))
    finally:
        settings.CACHE_DIR = before
