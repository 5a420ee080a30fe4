"""What is advised at the door, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.stays.models import Reception
from nuantu.stays.selectors import door


def decision_words(decision: str) -> str:
    """A decision as it is called."""
    words = {
        Reception.State.ADMITTED: _("入站救助"),
        Reception.State.POLICE: _("移交公安"),
    }
    return str(words.get(Reception.State(decision), Reception.State(decision).label))


def decisions() -> list[tuple[str, str]]:
    """What can be decided at the door, as choices; a death is registered by the medic."""
    no_decision = (Reception.State.OPEN, Reception.State.DIED)
    codes = [code for code in Reception.State.values if code not in no_decision]
    return [(code, decision_words(code)) for code in codes]


def advice_words(code: str, division_code: str, at: datetime) -> str:
    """Why the rules advise it; grounds of refusal in the words of the parameter."""
    words = {
        "treat_first": _("先救治后救助：稳定后再办入站"),
        "security_first": _("还要通过安检"),
        "protected": _("未成年人、病人、残疾人：先救助，不得拒绝"),
        "help_first": _("说不清情况：先救助后查明"),
        "eligible": _("没有不予救助的情形"),
    }
    if code in words:
        return str(words[code])
    return dict(door.grounds(division_code, at)).get(code, code)
