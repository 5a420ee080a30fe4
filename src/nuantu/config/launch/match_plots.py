"""Pictures of `./nuantu match bench --plots`: how many are found at which precision, whether probabilities hold,
and one score opened. SVG as text, so that a browser shows them and a difference between two runs can be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.config.launch.trouble import Trouble
from nuantu.linkage.explain import Explanation, sentence

Reals = NDArray[np.float64]
SIDE, EDGE, ROW, BAR = 360, 56, 22, 640
BINS: Final = 10
COLOURS: Final = ("#1f6feb", "#c2410c", "#15803d", "#7e22ce", "#475569")
FOR, AGAINST, SUM = "#15803d", "#c2410c", "#1f6feb"
NEVER: Final = 1e-9
FIRST_WIDE, WIDE, NARROW = 0x2E80, 14, 8  # pixels of a character
WORDS: Final = {
    "precision": ("准确率", "precision"),
    "recall": ("召回率（排第一且可能不低于某值）", "recall (first, and at least so sure)"),
    "said": ("给出的可能", "probability said"),
    "held": ("其中确为此人", "share that was right"),
    "curve": ("准确率与召回率", "Precision and recall"),
    "calibration": ("给出的可能是否可信", "Do the probabilities hold"),
    "waterfall": ("一条得分的组成（纳特）", "One score opened (nats)"),
    "prior": ("尚无任何线索", "before anything is known"),
    "others": ("与其他所有登记相比", "set against all other reports"),
    "total": ("就是此人的可能", "that this is the person"),
    "all": ("全部", "all"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The best answer to each query: how sure, whether right, whether the person is in any report, his level."""

    chance: Reals
    right: NDArray[np.bool_]
    present: NDArray[np.bool_]
    level: Sequence[str]


def draw(folder: Path, judged: Judged, told: Explanation, language: str) -> list[Path]:
    """Writes the three pictures; returns where. Raises Trouble when the folder cannot be written."""
    say = _speaker(language)
    pictures = {
        "precision-recall.svg": _curve(judged, say),
        "calibration.svg": _calibration(judged, say),
        "waterfall.svg": _waterfall(told, say, language),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pictures.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(
            f"写不了 {folder}：{error}", f"{folder} cannot be written: {error}"
        ) from error
    return [folder / name for name in pictures]


def precision_recall(chance: Reals, right: NDArray[np.bool_], present: int) -> tuple[Reals, Reals]:
    """Recall and precision of the first answers, the surest first; equal ones count together."""
    order = np.argsort(-chance, kind="stable")
    last = np.append(np.diff(chance[order]) != 0, True) if len(order) else np.zeros(0, np.bool_)
    hits = np.cumsum(right[order])[last]
    return hits / max(present, 1), hits / (np.flatnonzero(last) + 1)


def held(chance: Reals, right: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """In ten bins: the mean probability said, the share that was right, and how many."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    return [
        (
            float(chance[bins == one].mean()),
            float(right[bins == one].mean()),
            int((bins == one).sum()),
        )
        for one in range(BINS)
        if (bins == one).any()
    ]


def _speaker(language: str) -> Callable[[str], str]:
    return lambda key: WORDS[key][language == "en"]


def _curve(judged: Judged, say: Callable[[str], str]) -> str:
    parts = _axes(say("recall"), say("precision"))
    levels = sorted({one for one in judged.level if one})
    of = np.array(judged.level, object)
    groups = [(say("all"), np.ones(len(judged.chance), np.bool_))]
    groups += [(level, of == level) for level in levels]
    for place, (name, rows) in enumerate(groups):
        recall, precision = precision_recall(
            judged.chance[rows], judged.right[rows], int(judged.present[rows].sum())
        )
        colour = COLOURS[place % len(COLOURS)]
        parts.append(_line(recall, precision, colour, 1 if place else 3))
        parts.append(
            _text(EDGE + 16, EDGE + SIDE - 16 - 18 * place, escape(name), f'fill="{colour}"')
        )
    return _picture(say("curve"), SIDE + 2 * EDGE, SIDE + 2 * EDGE, parts)


def _calibration(judged: Judged, say: Callable[[str], str]) -> str:
    parts = _axes(say("said"), say("held"))
    parts.append(_line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), "#999", 1, dashes=True))
    bins = held(judged.chance, judged.right)
    said, true = (np.array([one[side] for one in bins]) for side in (0, 1))
    parts.append(_line(said, true, COLOURS[0], 2))
    for mean, share, count in bins:
        size = 3 + 9 * math.sqrt(count / max(len(judged.chance), 1))
        x, y = EDGE + SIDE * mean, EDGE + SIDE * (1 - share)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{COLOURS[0]}"><title>{count}</title></circle>'
        )
    return _picture(say("calibration"), SIDE + 2 * EDGE, SIDE + 2 * EDGE, parts)


def _waterfall(told: Explanation, say: Callable[[str], str], language: str) -> str:
    logit = math.log(max(told.posterior, NEVER) / max(1.0 - told.posterior, NEVER))
    steps = [(say("prior"), told.prior)]
    steps += [(sentence(one, language), one.nats) for one in told.contributions]
    steps.append((say("others"), logit - told.prior - told.score))
    sums = np.cumsum([0.0, *(nats for _, nats in steps)])
    low, high = min(float(sums.min()), 0.0), max(float(sums.max()), 0.0)
    scale = BAR / max(high - low, 1e-9)
    parts = []
    for place, (words, nats) in enumerate(steps):
        first, last = float(sums[place]), float(sums[place + 1])
        left, colour = (min(first, last) - low) * scale, FOR if nats > 0 else AGAINST
        parts.append(_bar(place, left, abs(nats) * scale, colour))
        parts.append(_text(EDGE, EDGE + 2 * ROW * place + 12, escape(f"{nats:+.2f}  {words}")))
    total = len(steps)
    parts.append(_bar(total, (min(logit, 0.0) - low) * scale, abs(logit) * scale, SUM))
    parts.append(
        _text(
            EDGE,
            EDGE + 2 * ROW * total + 12,
            f"{logit:+.2f}  {told.posterior:.1%} {escape(say('total'))}",
        )
    )
    zero = EDGE - low * scale
    bottom = EDGE + 2 * ROW * (total + 1)
    parts.append(f'<line x1="{zero:.1f}" y1="{EDGE}" x2="{zero:.1f}" y2="{bottom}" stroke="#999"/>')
    width = max(BAR, *(_width(words) for words, _ in steps)) + 2 * EDGE
    return _picture(say("waterfall"), width, bottom + EDGE // 2, parts)


def _width(words: str) -> int:
    """Pixels that a line takes, the number before it included."""
    return sum(WIDE if ord(one) >= FIRST_WIDE else NARROW for one in f"+00.00  {words}")


def _bar(place: int, left: float, width: float, colour: str) -> str:
    x, y = EDGE + left, EDGE + 2 * ROW * place + 17
    size = f'width="{max(width, 1.0):.1f}" height="{ROW - 6}"'
    return f'<rect x="{x:.1f}" y="{y}" {size} fill="{colour}"/>'


def _axes(across: str, up: str) -> list[str]:
    middle, bottom = EDGE + SIDE / 2, EDGE + SIDE
    parts = [
        f'<polyline points="{EDGE},{EDGE} {EDGE},{bottom} {bottom},{bottom}" fill="none" stroke="#333"/>',
        _text(middle, bottom + 42, escape(across), 'text-anchor="middle"'),
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>',
    ]
    for quarter in range(5):
        x, y = EDGE + SIDE * quarter / 4, bottom - SIDE * quarter / 4
        parts.append(_text(x, bottom + 20, f"{quarter * 25}%", 'text-anchor="middle"'))
        parts.append(_text(EDGE - 6, y + 4, f"{quarter * 25}%", 'text-anchor="end"'))
    return parts


def _line(across: Reals, up: Reals, colour: str, width: int, *, dashes: bool = False) -> str:
    points = " ".join(
        f"{EDGE + SIDE * x:.1f},{EDGE + SIDE * (1 - y):.1f}"
        for x, y in zip(across, up, strict=True)
    )
    dashed = ' stroke-dasharray="5 4"' if dashes else ""
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{words}</text>'


def _picture(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="13" role="img">\n<title>{escape(title)}</title>\n<rect width="100%" height="100%" fill="#fff"/>'
    )
    heading = _text(EDGE, 28, escape(title), 'font-size="16"')
    return "\n".join([head, heading, *parts, "</svg>"]) + "\n"
