"""How tips and runs are said and drawn."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.receipts import ReceiptView

register = template.Library()

# What the public learns of the outcome: never what is wrong with the person, never where he is.
_SAID = {
    "station": gettext_lazy("他已到救助站。"),
    "hospital": gettext_lazy("他已送医。"),
    "police": gettext_lazy("已交给公安机关处理。"),
    "on_spot": gettext_lazy("他已在现场得到帮助。"),
    "left": gettext_lazy("他已自行离开。"),
    "refused": gettext_lazy("他谢绝了帮助；我们留下了物品和求助方式，还会再去看他。"),
    "not_found": gettext_lazy("队员找过了，没有找到他。人还在那里的话，请再告诉我们一次。"),
    "not_ours": gettext_lazy("这件事已转告负责的部门。"),
    "invalid": gettext_lazy("已核实，不需要救助。"),
}


@register.simple_tag
def receipt_steps(view: ReceiptView) -> list[dict[str, Any]]:
    """The four steps of a receipt in plain words: received, sent, there, what came of it.

    A step that was never taken is left out once the end is known.
    """
    until = clock.local(view.due_at).strftime("%H:%M")
    is_closed = view.state == Tip.State.CLOSED
    steps = [
        _step(_("已收到"), view.received_at),
        _step(_("已派人"), view.assigned_at, _("我们争取在 %(time)s 前到。") % {"time": until}),
        _step(_("到达现场"), view.arrived_at),
        _step(_("处理结果"), view.closed_at, str(_SAID.get(view.outcome, ""))),
    ]
    if is_closed:
        return [step for step in steps if step["at"]]
    first_open = next(step for step in steps if step["state"] == "todo")
    first_open["state"] = "now"
    if first_open is not steps[1]:
        steps[1]["note"] = ""
    return steps


def _step(label: str, at: datetime | None, note: str = "") -> dict[str, Any]:
    return {"label": label, "at": at, "note": note, "state": "done" if at else "todo"}
