"""Registers as Excel."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 20_000
# What a query fetches, so that the sheet knows whether there was more.
MOST_FETCHED: Final = MOST_ROWS + 1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(value: str) -> str:
    """Text that a spreadsheet will not run: control characters gone, a quote before a formula sign."""
    clean = "".join(ch for ch in value if ch >= " " or ch in "\n\t")[:32_000]
    return "'" + clean if clean.startswith(FORMULA_STARTS) else clean


def cut_short() -> str:
    """What is said where a register has more rows than a sheet takes."""
    return _("只导出前 %(most)s 条，后面还有。请缩小筛选范围分次导出。") % {
        "most": f"{MOST_ROWS:,}"
    }


def at_most() -> str:
    """What is said where nobody counted whether a register has more rows than a sheet takes."""
    return _("一次最多导出 %(most)s 条，更多的请缩小筛选范围分次导出。") % {
        "most": f"{MOST_ROWS:,}"
    }


def register_xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    preamble: Sequence[str] = (),
) -> HttpResponse:
    """A register of one sheet; every text is stored as text, moments in China's time.

    After `MOST_ROWS` rows a last line says that there are more. What writes sheets is loaded with
    the first: a tenth of the start of a process.

    `preamble` are the lines of an official form above the headings: its name, the unit, the period.
    """
    content = import_module("nuantu.core.sheets").written(title, headings, rows, preamble)
    response = HttpResponse(content, content_type=XLSX)
    stamp = f"{clock.local(clock.now()):%Y%m%d-%H%M}"
    response["Content-Disposition"] = f'attachment; filename="nuantu-{stamp}.xlsx"'
    return response
