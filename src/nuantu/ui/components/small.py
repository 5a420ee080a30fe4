"""The small components: icon, clock, status, warning badge, moment, money, bar, figure, mask."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Protocol

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nuantu.core import clock as core_clock
from nuantu.core.money import Fen, yuan
from nuantu.core.sentences import organisation_name
from nuantu.ui.components import spans

NOTHING = mark_safe("")
CODE = re.compile(r"[A-Za-z0-9-]{1,40}")

SHAPES = {
    "waiting": "shape-waiting",
    "active": "shape-active",
    "moving": "shape-moving",
    "done": "shape-done",
    "stopped": "shape-stopped",
    "danger": "shape-danger",
    "late": "shape-late",
    "note": "shape-note",
}


class ClockFace(Protocol):
    """What a clock shows: `operations.rules.Clock`, or anything that has these."""

    @property
    def state(self) -> str: ...
    @property
    def remaining_seconds(self) -> int: ...
    @property
    def limit_seconds(self) -> int: ...
    @property
    def basis(self) -> str: ...
    @property
    def owner(self) -> str: ...


@cache
def _sprite() -> str:
    """The address of the sprite: asked hundreds of times a page, the same for the whole process."""
    return static("ui/icons.svg")


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without one it is decoration."""
    attributes = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>', attributes, _sprite(), name
    )


def clock(face: ClockFace | None, size: str = "") -> SafeString:
    """Remaining time, limit and, when opened, what it rests on and whose it is.

    Drawn fully by the server; the script lets it tick from the seconds left, so that a wrong
    clock in the phone does no harm. `size` may be `big`.
    """
    if face is None:
        return NOTHING
    left, limit = int(face.remaining_seconds), int(face.limit_seconds)
    is_late = left < 0
    limit_words = spans.limit_words(limit)
    facts = [
        (_("时限"), limit_words),
        (_("依据"), face.basis),
        (_("责任"), whose(face.owner)),
    ]
    return format_html(
        '<details class="clock{}" data-clock data-pop data-state="{}" data-left="{}"'
        ' data-limit="{}"{}><summary title="{}"><span class="sr-only">{}</span>'
        '<span class="clock__time">{}</span> <span class="clock__limit">/ {}</span></summary>'
        '<div class="panel"><dl class="facts">{}</dl></div></details>',
        f" clock--{size}" if size else "",
        face.state,
        left,
        limit,
        mark_safe(" data-late") if is_late else NOTHING,
        face.basis,
        _clock_word(face.state, is_late),
        _clock_time(face.state, left, limit),
        limit_words,
        format_html_join("", "<dt>{}</dt><dd>{}</dd>", (fact for fact in facts if fact[1])),
    )


def whose(owner: str) -> str:
    """A person as he is called; an organisation named by its code, by its name."""
    return organisation_name(owner) if CODE.fullmatch(owner) else owner


def _clock_word(state: str, is_late: bool) -> str:
    if state == "done":
        return _("已完成")
    if state == "ended":
        return _("已终止")
    if is_late:
        return _("已超时")
    return _("将到时限") if state == "amber" else _("剩余")


def _clock_time(state: str, left: int, limit: int) -> str:
    if state == "ended":
        return _("停止计时，已超时") if left < 0 else _("停止计时")
    if state == "done":
        words = {"time": spans.span(limit - left)}
        return (_("用时%(time)s，超时") if left < 0 else _("用时%(time)s")) % words
    return (_("超%(time)s") % {"time": spans.span(left)}) if left < 0 else spans.span(left)


def status(code: str, label: str, kind: str = "note") -> SafeString:
    """Word, shape and colour. `kind` is one of SHAPES; `code` is kept for scripts and tests."""
    kind = kind if kind in SHAPES else "note"
    return format_html(
        '<span class="status status--{}" data-status="{}">{}{}</span>',
        kind,
        code,
        icon(SHAPES[kind]),
        label,
    )


def mark(label: str, kind: str = "") -> SafeString:
    """A mark of class beside a name: 未成年, 危重; `kind` may be `danger`."""
    return format_html(
        '<span class="mark-word{}">{}</span>',
        " mark-word--danger" if kind == "danger" else "",
        label,
    )


def warning_badge(colour: str, event: str = "") -> SafeString:
    """The colour of a weather warning with its character, and the event beside it.

    White is the grade below blue that some stations issue (WE-14); a dash is no grade at all.
    """
    names = {
        "white": ("白", _("白色预警")),
        "blue": ("蓝", _("蓝色预警")),
        "yellow": ("黄", _("黄色预警")),
        "orange": ("橙", _("橙色预警")),
        "red": ("红", _("红色预警")),
    }
    known = colour if colour in names else "none"
    character, word = names.get(known, ("—", _("未分级")))
    return format_html(
        '<span class="warning-badge warning-badge--{}" title="{}"><b aria-hidden="true">{}</b>'
        '<span class="sr-only">{}</span>{}</span>',
        known,
        word,
        character,
        word,
        event,
    )


def moment(when: datetime | None, form: str = "both") -> SafeString:
    """A moment in China: `both` (exact and how long ago), `exact` or `ago`; nothing gives a dash.

    `paper` is the full date for what is printed and kept; the print style shows it everywhere.
    """
    if when is None:
        return mark_safe('<span class="quiet">—</span>')
    now = core_clock.now()
    exact, relative = spans.exact(when, now), spans.ago(when, now)
    both = _("%(exact)s（%(ago)s）") % {"exact": exact, "ago": relative} if relative else exact
    full = core_clock.local(when).strftime("%Y-%m-%d %H:%M")
    words = {"exact": exact, "ago": relative or exact, "paper": full}.get(form, both)
    return format_html(
        '<time class="moment" datetime="{}" title="{}">{}</time>',
        spans.iso(when),
        full,
        words,
    )


def money(fen: int | None) -> str:
    """`¥1,234.50`; nothing gives a dash."""
    return "—" if fen is None else yuan(Fen(fen))


def bar(done: int, total: int, label: str = "", state: str = "") -> SafeString:
    """How much of something is covered, as figures and as length. `state` may be amber or red."""
    share = 0.0 if total <= 0 else max(0.0, min(1.0, done / total))
    return format_html(
        '<span class="bar{}"><svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect width="{}" height="8"/></svg><span>{}/{}</span></span>',
        f" bar--{state}" if state else "",
        label or _("完成%(done)s，共%(total)s") % {"done": done, "total": total},
        round(share * 100, 1),
        done,
        total,
    )


def spark(values: Sequence[float], label: str = "") -> SafeString:
    """The shape of the last values as a line, the last one marked; fewer than two give nothing."""
    if len(values) < 2:
        return NOTHING
    low, high = min(values), max(values)
    spread = (high - low) or 1
    points = [
        (round(i * 100 / (len(values) - 1), 1), round(22 - (value - low) / spread * 20, 1))
        for i, value in enumerate(values)
    ]
    return format_html(
        '<svg class="spark" viewBox="0 0 104 24" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><polyline vector-effect="non-scaling-stroke" points="{}"/></svg>',
        label or _("走势"),
        " ".join(f"{x},{y}" for x, y in points),
    )


def figure(
    value: object,
    label: str,
    url: str = "",
    *,
    unit: str = "",
    note: str = "",
    state: str = "",
    values: Iterable[float] = (),
) -> SafeString:
    """A number that opens to the rows behind it, with an optional line of its past."""
    name = "a" if url else "div"
    return format_html(
        '<{}{} class="figure{}"><span class="figure__value">{}{}</span>'
        '<span class="figure__label">{}</span>{}{}</{}>',
        name,
        format_html(' href="{}"', url) if url else NOTHING,
        f" figure--{state}" if state else "",
        value,
        format_html(" <small>{}</small>", unit) if unit else NOTHING,
        label,
        format_html('<span class="figure__note">{}</span>', note) if note else NOTHING,
        spark(list(values), label),
        name,
    )


def masked(value: str, reveal_url: str = "", label: str = "") -> SafeString:
    """A value that is hidden, with the way to ask for it; the page behind asks the purpose."""
    shown = value or "••••••"
    link = (
        format_html(
            '<a class="small" href="{}">{}<span class="sr-only">{}</span></a>',
            reveal_url,
            _("查看"),
            label,
        )
        if reveal_url
        else mark(_("无权查看"))
    )
    return format_html(
        '<span class="masked">{}<span class="masked__dots">{}</span>{}</span>',
        icon("lock", _("已遮盖")),
        shown,
        link,
    )
