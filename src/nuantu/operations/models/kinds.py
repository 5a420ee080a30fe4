"""What the kinds of duty are called; upper packages add theirs when the apps are ready."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {
    "patrol.daily": _("街面巡查"),
    "report.submit": _("上报材料"),
    "plan.task": _("方案任务"),
    "plan.follow": _("确认上级方案变更"),
    "plan.close": _("办结方案"),
    "supplies.check": _("检查库存"),
    "staff.check": _("检查人员车辆"),
    "reliefpoint.open": _("开放救助点"),
    "warning.acknowledge": _("确认预警"),
    "warning.confirm_end": _("确认预警结束"),
    "roster.fill": _("补齐排班"),
    "handover.answer": _("答复移交"),
    # kept by what upper packages record; they may name them anew
    "dispatch.arrive": _("到达现场"),
    "encounter.revisit": _("回访拒助人员"),
}


# ticked off on the page of the duty; every other kind is kept by what happens elsewhere
_by_hand: set[str] = {
    "patrol.daily",
    "report.submit",
    "plan.task",
    "supplies.check",
    "staff.check",
    "reliefpoint.open",
    "roster.fill",
}
_staying = {"handover.answer"}
# ticked off by hand only with words: what was done, or why not (P1-34)
_in_words = {"reliefpoint.open"}


def name_kind(
    kind: str,
    label: str | Promise,
    *,
    is_by_hand: bool = False,
    has_to_stay: bool = False,
    is_in_words: bool = False,
) -> None:
    """Say what a kind of duty is called; without names, places or conditions of people.

    `is_by_hand`: it is ticked off on its own page. Otherwise the page leads to the subject, where
    doing the thing keeps the promise (arriving, recording the visit). `has_to_stay`: it is owed by
    whoever acted, and does not follow the case to a new owner (approving what was done).
    `is_in_words`: ticked off only with what was done, or why not.
    """
    _labels[kind] = label
    if has_to_stay:
        _staying.add(kind)
    if is_by_hand:
        _by_hand.add(kind)
    if is_in_words:
        _in_words.add(kind)


def staying_kinds() -> frozenset[str]:
    """Kinds that stay with whoever owes them when the case changes hands."""
    return frozenset(_staying)


def is_by_hand(kind: str) -> bool:
    """Whether a duty of this kind is ticked off on its own page."""
    return kind in _by_hand


def is_in_words(kind: str) -> bool:
    """Whether ticking it off by hand says what was done or why not."""
    return kind in _in_words


def kind_label(kind: str) -> str:
    """What the kind is called in the language of the page; an unnamed kind is a plain duty."""
    return str(_labels.get(kind, _("其他待办")))


def kinds() -> dict[str, str]:
    """Every named kind with its label, in the order they were named."""
    return {kind: str(label) for kind, label in _labels.items()}
