"""A typed confirmation, only for what cannot be taken back; everything else gets an undo toast.

`{% confirm url word button text %}` draws it. The view asks `is_typed` before it acts: without
JavaScript the browser checks nothing.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nuantu.ui import toasts

FIELD = "typed"


def is_typed(request: HttpRequest, word: str) -> bool:
    """Whether the word that names the thing was typed; says on the next page when it was not.

    Spaces around it and the case of letters do not matter.
    """
    typed = request.POST.get(FIELD, "").strip().casefold()
    if typed == word.strip().casefold():
        return True
    text = _("没有执行：要先输入“%(word)s”。") % {"word": word}
    toasts.say(request, text, is_error=True)
    return False
