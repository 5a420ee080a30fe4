"""How rules are said on a page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nuantu.core import clock, journal, sentences, subjects
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.models import LevelState, Operation, PlanRule, Team, WatchShift
from nuantu.operations.rules.drafting import Mark
from nuantu.operations.rules.redating import Effect
from nuantu.operations.rules.roster import Gap
from nuantu.operations.selectors.documents import ReadingPage, Remark
from nuantu.operations.selectors.figures import Span
from nuantu.operations.selectors.seasons import Kept
from nuantu.operations.selectors.watch import RosterLine
from nuantu.planbook import sources, words
from nuantu.planbook.dates import day_said
from nuantu.planbook.findings import LEVEL_WORDS, Finding
from nuantu.planbook.kinds import KINDS
from nuantu.planbook.levels import DEFAULT_LEVELS
from nuantu.planbook.planned import PlannedDuty
from nuantu.planbook.rules import NATIONAL, Compared, Ruling
from nuantu.planbook.schema import Plan
from nuantu.planbook.text import Text
from nuantu.ui.components import small

register = template.Library()

DAY_MINUTES = 1440
HOUR_MINUTES = 60
SURE, HALF_SURE = 0.85, 0.6  # of a value that was read from a document


def _language() -> str:
    return get_language() or ""


@register.filter
def said(text: Text) -> str:
    """A text of the plan book in the language of the page."""
    return text.said_in(_language())


@register.simple_tag
def section_of(page: ReadingPage, mark: Mark) -> str:
    """The section of a long draft that holds the entry of a marked place."""
    number = page.elsewhere.get(mark.anchor)
    return "" if number is None else format_html(' data-section="{}"', number)


@register.filter
def kind_said(kind: str) -> str:
    """What a kind of rule is called."""
    found = KINDS.get(kind)
    return found.label.said_in(_language()) if found else kind


@register.filter
def level_said(code: str) -> str:
    """What an operating level is called; a plan's own level keeps its code."""
    named = {level.code: level.label for level in DEFAULT_LEVELS}
    return named[code].said_in(_language()) if code in named else code


@register.filter
def plan_said(code: str) -> str:
    """The code of a plan, or that no plan says it."""
    return _("全国默认") if code == NATIONAL else code


@register.filter
def value_said(rule: Ruling | PlanRule | Compared) -> str:
    """The value of a rule with its unit, or the word the plan uses."""
    value = rule.value
    if value is None:
        return f"“{rule.words}”" if rule.words else "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float):
        return _with_unit(value, rule.unit)
    return _structure(value)


def _with_unit(value: float, unit: str) -> str:
    if unit == "minute" and value >= 2 * HOUR_MINUTES and value % HOUR_MINUTES == 0:
        value, unit = value / HOUR_MINUTES, "hour"
    count = round(value)
    forms = {
        "per_day": ngettext("每天%(n)s次", "每天%(n)s次", count),
        "per_week": ngettext("每周%(n)s次", "每周%(n)s次", count),
        "per_month": ngettext("每月%(n)s次", "每月%(n)s次", count),
        "second": ngettext("%(n)s秒", "%(n)s秒", count),
        "minute": ngettext("%(n)s分钟", "%(n)s分钟", count),
        "hour": ngettext("%(n)s小时", "%(n)s小时", count),
        "day": ngettext("%(n)s天", "%(n)s天", count),
        "month": ngettext("%(n)s个月", "%(n)s个月", count),
        "metre": _("%(n)s米"),
        "year": _("%(n)s岁"),
    }
    return forms.get(unit, "%(n)s") % {"n": f"{value:g}"}


def _structure(value: object) -> str:
    english = _language().startswith("en")
    if isinstance(value, str):
        return words.said(level_said(value), _language())
    if isinstance(value, Mapping):
        for name in ("label", "title", "says", "treatment"):
            if value.get(name):
                return str((english and value.get(f"{name}_en")) or value[name])
        listed = value.get("tell") or value.get("modes") or value.values()
        return _structure(list(listed) if isinstance(listed, Sequence) else list(map(str, listed)))
    if isinstance(value, Sequence):
        joint = ", " if english else "、"
        return joint.join(_structure(item) for item in value)
    return str(value)


@register.filter
def key_said(key: str) -> str:
    """What a rule is for: near or far, a class of person; codes of lists say it themselves."""
    return words.said(key, _language()) if key in words.WORDS else ""


@register.filter
def provenance(rule: Ruling) -> str:
    """Plan and clause a ruling comes from; a clause that names its plan stands alone."""
    if rule.is_national:
        said_source = sources.said(rule.source, _language())
        return _("全国默认") + f" · {said_source}"
    return (
        rule.source if rule.source.startswith(rule.plan_code) else f"{rule.plan_code} {rule.source}"
    )


@register.filter
def selectors_said(codes: Iterable[str]) -> str:
    """Warning types as they are, classes of person in words."""
    language = _language()
    joint = ", " if language.startswith("en") else "、"
    return joint.join(words.said(code, language) for code in codes)


@register.filter
def capabilities_said(team: Team) -> list[str]:
    """What a team can do, in words."""
    named = dict(Team.Capability.choices)
    return [str(named.get(code, code)) for code in team.capabilities]


@register.filter
def yuan(fen: int) -> str:
    """An amount of money in fen, as people read it."""
    return _("%(yuan)s元") % {"yuan": f"{fen / 100:,.2f}".removesuffix(".00")}


@register.simple_tag
def planned_title(duty: PlannedDuty) -> str:
    """What a dated promise of a plan is called in the language of the page."""
    return (_language().startswith("en") and duty.title_en) or duty.title


@register.simple_tag
def planned_to(duty: PlannedDuty) -> str:
    """Whom a dated promise of a plan goes to."""
    return duty.to_said(_language())


@register.simple_tag
def rest_before(duty: PlannedDuty) -> str:
    """That a dated promise falls due on a day of rest, and the working day before it."""
    before = duty.working_day_before()
    if before is None:
        return ""
    return _("休息日，最好在%(day)s前办") % {"day": day_said(before, _language())}


@register.simple_tag
def plan_title(operation: Operation | Plan) -> str:
    """The title of a plan in the language of the page."""
    if _language().startswith("en"):
        return operation.title_en or operation.title
    return operation.title


@register.simple_tag
def kept_figure(kept: Kept, list_url: str, span: Span) -> str:
    """Promises kept in time of those that fell due, opening to their rows."""
    note = _("超时办成 %(n)s") % {"n": kept.late} if kept.late else ""
    return small.figure(
        f"{kept.kept}/{kept.promised}" if kept.promised else "—",
        kept.label,
        f"{list_url}?window=promised&kind={quote(kept.kind)}{_area(span)}",
        note=note,
        state=kept.state,
        values=kept.values,
    )


def _area(span: Span) -> str:
    return f"&area={span.prefix}&since={span.first_date.isoformat()}"


@register.simple_tag
def rows_url(list_url: str, window: str, span: Span) -> str:
    """The duties of an operation in one window of time."""
    return f"{list_url}?window={window}{_area(span)}"


@register.simple_tag
def effect_title(effect: Effect) -> str:
    """What the duty is called that a changed plan touches, in the language of the page."""
    one = effect.promised.planned if effect.promised else effect.standing
    if one is None:
        return ""
    return (_language().startswith("en") and one.title_en) or one.title


@register.filter
def word_said(code: str) -> str:
    """A word of a closed list of the plan file, as people say it."""
    return words.said(code, _language())


@register.filter
def entry_icon(kind: str) -> str:
    """The sign of an entry of the season calendar."""
    return "send" if kind == "report" else "flag"


@register.simple_tag
def entry_state(state: str) -> str:
    """How a dated promise stands; a mere promise of a plan says nothing."""
    named = {
        "done": (_("已办结"), "done"),
        "late": (_("已超时"), "late"),
        "open": (_("待完成"), "waiting"),
    }
    return small.status(state, *named[state]) if state in named else ""


@register.filter
def step_said(step: str) -> str:
    """What the reader of a document is doing."""
    return {
        "pages": _("取出文字"),
        "blocks": _("取出文字"),
        "rules": _("找日期、数字和要求"),
        "draft": _("写成草案"),
    }.get(step, _("准备"))


@register.filter
def sureness(confidence: float) -> str:
    """How sure the reader is of a value, in three words."""
    if confidence >= SURE:
        return _("把握大")
    return _("较有把握") if confidence >= HALF_SURE else _("没把握")


@register.simple_tag
def remark_text(remark: Remark) -> str:
    """What the reader says of a document, in the language of the page."""
    return remark.message.said_in(_language())


@register.simple_tag
def finding_mark(finding: Finding) -> str:
    """The weight of a finding as a mark."""
    kind = "danger" if finding.level == "error" else ""
    return small.mark(LEVEL_WORDS[finding.level].said_in(_language()), kind)


@register.simple_tag
def line_said(line: JournalEntry) -> str:
    """A journal line: what it says, in English with the reason that was given; a line of operations without an English
    form of its own says only what happened."""
    if not _language().startswith("en"):
        return sentences.said(line)
    told = journal.words_of(line)
    reason = sentences.in_words(told.get("reason") or told.get("note") or "")
    words = _happened(line) or sentences.said(line)
    return f"{words}: {reason}" if reason else words


def _happened(line: JournalEntry) -> str:
    """What became of a duty, a hand-over or a plan, where the line does not say of which in English."""
    if not line.verb.startswith("operations.") or line.changes.get("title_en"):
        return ""
    done = {
        "open": _("待办已开立"),
        "complete": _("已办结"),
        "cancel": _("已取消"),
        "reopen": _("已撤销办结"),
        "explain": _("已说明超时原因"),
        "escalate": _("已上报：%(told)s") % {"told": small.whose(line.changes.get("told", ""))},
        "offer": _("已提出移交"),
        "accept": _("已接收"),
        "decline": _("已退回"),
        "withdraw": _("已撤回"),
        "start": _("方案已启动"),
        "change": _("方案已变更"),
        "follow": _("已确认上级方案变更"),
        "close": _("方案已办结"),
    }
    return done.get(line.verb.rpartition(".")[2], "")


@register.simple_tag
def cause_link(state: LevelState) -> str:
    """What changed a level, with the way to it where it has a page."""
    if state.cause_id is None:
        return state.reason
    subject = Subject(state.cause_kind, state.cause_id)
    url = subjects.url(subject)
    label = subjects.label(subject)
    return format_html('<a href="{}">{}</a>', url, label) if url else label


@register.simple_tag
def watch_span(watch: WatchShift, day: date) -> str:
    """From when to when somebody holds a post on a day."""
    return _span(watch.starts_at, watch.ends_at, day)


@register.simple_tag
def gap_span(gap: Gap, day: date) -> str:
    """When nobody holds a post on a day."""
    return _("空缺 %(span)s") % {"span": _span(gap.starts_at, gap.ends_at, day)}


@register.simple_tag
def post_said(code: str, lines: Iterable[RosterLine]) -> str:
    """What a post is called in the plan."""
    for line in lines:
        if line.post.code == code:
            return line.post.label.said_in(_language())
    return code


def _span(starts_at: datetime, ends_at: datetime, day: date) -> str:
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    first = f"{begins:%H:%M}" if begins.date() == day else "00:00"
    last = f"{ends:%H:%M}" if ends.date() == day else "24:00"
    return _("全天") if (first, last) == ("00:00", "24:00") else f"{first}–{last}"
