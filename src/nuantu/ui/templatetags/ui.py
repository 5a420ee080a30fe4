"""`{% load ui %}`: the components of every page. The pattern page shows each in all its states."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core import journal, sentences
from nuantu.core.actors import PUBLIC, SYSTEM, Actor
from nuantu.core.exports import MOST_ROWS, at_most, cut_short
from nuantu.core.ids import new_id
from nuantu.planbook import sources
from nuantu.ui import confirming
from nuantu.ui.components import large, small
from nuantu.ui.components import season as bars

register = template.Library()

for tag in (
    small.icon,
    small.clock,
    small.status,
    small.mark,
    small.warning_badge,
    small.moment,
    small.money,
    small.bar,
    small.spark,
    small.figure,
    small.masked,
):
    register.simple_tag(tag)


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, kind: str = "", hint: str = "", needed: str = "") -> dict[str, Any]:
    """`{% field form.name %}`: label, hint, error, kept value; kind: chips, counter, check."""
    return large.field(bound, kind, hint, needed)


@register.inclusion_tag("ui/components/errors.html")
def errors(
    form: BaseForm, takes_focus: bool = True, also: BaseForm | None = None
) -> dict[str, Any]:
    """`{% errors form %}`: what to mend, above the form, each line leading to its field; `also` a
    second form of the same page."""
    forms = [one for one in (form, also) if getattr(one, "errors", None)]
    return {"forms": forms, "takes_focus": takes_focus}


@register.inclusion_tag("ui/components/person_card.html")
def person_card(
    called: str = "",
    *,
    sex: str = "",
    age: str = "",
    marks: Iterable[Any] = (),
    photo: str = "",
    url: str = "",
    note: str = "",
    size: str = "",
) -> dict[str, Any]:
    """Photo or silhouette, what he is called here, sex, age guess, marks; never an ID number."""
    return {
        "called": called or _("姓名不详"),
        "sex": sex,
        "age": age,
        "marks": large.marks(marks),
        "photo": photo,
        "url": url,
        "note": note,
        "size": size,
    }


@register.inclusion_tag("ui/components/empty.html")
def empty(
    title: str, text: str = "", action: str = "", url: str = "", icon: str = ""
) -> dict[str, Any]:
    """Nothing here, and what to do about it: `action` is the word, `url` the way."""
    return {"title": title, "text": text, "action": action, "url": url, "icon": icon}


@register.inclusion_tag("ui/components/notice.html")
def notice(text: str, kind: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """A calm line that must be read: kind is empty, teal, amber or red."""
    return {"text": text, "kind": kind, "url": url, "action": action}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Sequence[Any]], current: str = "", label: str = "") -> dict[str, Any]:
    """Views of the same thing; items are (key, label, url) or (key, label, url, count)."""
    return {"items": large.tabs(items, current), "label": label or _("视图")}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Where one is in a long list, keeping its filters."""
    return large.pager(page, _query(context))


@register.inclusion_tag("ui/components/filter_bar.html", takes_context=True)
def filter_bar(
    context: template.Context,
    form: BaseForm,
    count: int | None = None,
    export_url: str = "",
    target: str = "",
) -> dict[str, Any]:
    """Search and filters of a list as a GET form; with `target` htmx swaps that element only.

    What a form names in `kept` (the tab that the list stands on) is no filter and stays when they are cleared.
    """
    query = _query(context)
    kept = QueryDict(mutable=True)
    kept.update({name: query[name] for name in getattr(form, "kept", ()) if query.get(name)})
    return {
        "form": form,
        "count": count,
        "export_url": large.with_export(query, export_url),
        "is_more": getattr(count, "is_more", False),
        "cut_short": _cut_short(count) if export_url and count else "",
        "target": target,
        "is_filtered": any(query.get(name) for name in form.fields if name not in kept),
        "cleared_url": f"?{kept.urlencode()}",
    }


def _cut_short(count: int) -> str:
    if getattr(count, "is_more", False):
        return at_most()
    return cut_short() if count > MOST_ROWS else ""


@register.inclusion_tag("ui/components/steps.html")
def steps(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """What came first, where it stands and what follows; see `large.steps`."""
    return {"items": large.steps(items), "label": label or _("进度")}


@register.inclusion_tag("ui/components/season.html")
def season(phases: Iterable[Any], today: date | datetime) -> dict[str, Any]:
    """The phases of a season as (label, first day, last day) in proportion, and where today is."""
    return bars.season(phases, today)


@register.inclusion_tag("ui/components/progress.html")
def progress(current: int, total: int) -> dict[str, Any]:
    """Where one is in a form of several pages."""
    states = [
        "done" if n < current else "now" if n == current else "todo" for n in range(1, total + 1)
    ]
    return {"current": current, "total": total, "states": states}


@register.inclusion_tag("ui/components/toast.html", takes_context=True)
def toast(
    context: template.Context, text: str, undo_url: str = "", is_error: bool = False
) -> dict[str, Any]:
    """A short word after a deed; with `undo_url` the way back for ten seconds."""
    return {
        "text": text,
        "undo_url": undo_url,
        "is_error": is_error,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/submit.html")
def submit(label: str, form: str = "", kind: str = "primary", icon: str = "") -> dict[str, Any]:
    """The button that sends; pressed twice it sends once. `form` is the id when it stands outside."""
    return {"label": label, "form": form, "kind": kind, "icon": icon}


@register.inclusion_tag("ui/components/confirm.html", takes_context=True)
def confirm(
    context: template.Context,
    url: str,
    word: str,
    label: str,
    text: str = "",
    form: BaseForm | None = None,
) -> dict[str, Any]:
    """A deed without a way back: `label` opens it, `text` says what is lost, `word` must be typed.

    The fields of `form` are asked along with it. The view asks `confirming.is_typed(request, word)`.
    """
    request = context.get("request")
    return {
        "form": form,
        "typed": request.POST.get(confirming.FIELD, "") if request is not None else "",
        "url": url,
        "word": word,
        "label": label,
        "text": text,
        "name": confirming.FIELD,
        "field_id": f"typed-{new_id().hex[-12:]}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/work.html")
def work(state: str, label: str, percent: int, note: str = "") -> dict[str, Any]:
    """Long work that can be left and found again: what is being done, how far, how it ended.

    state: waiting, running, done or failed; while it goes on the page asks again by itself.
    """
    kinds = {"waiting": "waiting", "running": "moving", "done": "done", "failed": "danger"}
    return {
        "state": state,
        "kind": kinds.get(state, "note"),
        "label": label,
        "percent": max(0, min(100, int(percent))),
        "note": note,
        "goes_on": state in ("waiting", "running"),
    }


@register.inclusion_tag("ui/components/once.html")
def once() -> dict[str, Any]:
    """A hidden idempotency key for a form; the server takes the same key only once."""
    return {"key": new_id()}


@register.simple_block_tag
def lane(content: str, title: str, count: int = 0, url: str = "", key: str = "") -> SafeString:
    """A column of cards: `{% lane title=… count=… url=… key=… %}cards{% endlane %}`."""
    more = (
        format_html('<a href="{}" aria-label="{}">{}</a>', url, f"{_('全部')} {title}", _("全部"))
        if url
        else ""
    )
    return format_html(
        '<section class="lane" data-lane="{}"><h2 class="lane__head">{} <span class="count">{}</span>'
        "{}</h2>{}</section>",
        key,
        title,
        count,
        more,
        content,
    )


register.filter("said", sentences.said)


@register.filter
def source_said(text: str) -> str:
    """A law, clause or house default in the language of the page."""
    return sources.said(text, get_language() or "")


@register.filter
def basis_said(line: Any) -> str:
    """What a journal line rests on, in the language of the page."""
    return source_said(journal.basis_of(line))


@register.filter
def who_said(name: str) -> str:
    """Who did it: a name as it is, the program and the public in the language of the page."""
    return {SYSTEM.name: _("系统"), PUBLIC.name: _("公众")}.get(name, name)


@register.filter
def note_said(note: str) -> str:
    """A remark: the program's own in the language of the page, a person's as he wrote it."""
    return sentences.in_words(note)


@register.filter
def bracketed(value: object) -> str:
    """A remark in the brackets of the language, set off as the language does."""
    return _("（%(text)s）") % {"text": value}


@register.filter
def may(actor: Actor, permission: str) -> bool:
    """Whether the reader's role allows it; a link is shown to those for whom its door opens."""
    return actor.may(permission)


@register.filter
def undo_of(message: Any) -> str:
    """The undo address that `toasts.say` put into a message."""
    tags = str(getattr(message, "extra_tags", "") or "")
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""
