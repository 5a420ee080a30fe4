"""English catalogues: written by hand as .po, compiled at start without gettext."""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def sources() -> list[Path]:
    """Every catalogue of ours."""
    return sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Write each .mo that is missing or older than its .po; how many were written."""
    written = 0
    for po in sources():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        catalogue = polib.pofile(str(po))
        # A name of its own for each process: two that compile at once must not take each other's file.
        fresh = mo.with_suffix(f".mo.{os.getpid()}")
        catalogue.save_as_mofile(str(fresh))
        fresh.replace(mo)
        written += 1
    return written
