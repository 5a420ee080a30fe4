"""The values of a plan as rules, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator

from nuantu.planbook import dates
from nuantu.planbook.dates import Bases
from nuantu.planbook.levels import Level
from nuantu.planbook.list_rules import lines_of
from nuantu.planbook.rules import Rule, Season, Value
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.fieldwork import Emphasis
from nuantu.planbook.schema.identity import Basis
from nuantu.planbook.schema.parts import Entry
from nuantu.planbook.schema.people import Notice, RescueMode
from nuantu.planbook.schema.readiness import Preparation, WatchPost
from nuantu.planbook.text import Text

SUMMER = ("summer_rescue", "union_cooling")


def season_of(plan: Plan) -> Season:
    """The season whose weather warnings concern the plan."""
    return "summer" if plan.operation_type in SUMMER else "winter"


def levels_of(plan: Plan) -> tuple[Level, ...]:
    """The operating levels that the plan names itself."""
    return tuple(
        Level(level.code, Text(level.label, level.label_en or level.label), level.rank)
        for level in plan.levels
    )


def rules_of(plan: Plan, bases: Bases) -> Iterator[Rule]:
    """Every value of the plan as a rule, in the order of the file."""
    yield from _warnings(plan)
    yield from _patrol(plan)
    yield from _response(plan)
    yield from _people(plan)
    yield from _refusal(plan)
    yield from _lists(plan)
    yield from _duties(plan, bases)
    yield from _further(plan, bases)


def _rule(
    plan: Plan,
    entry: Entry,
    kind: str,
    value: Value,
    *,
    unit: str = "",
    level: str = "",
    place_class: str = "",
    key: str = "",
    words: str = "",
    selectors: tuple[str, ...] = (),
    colours: tuple[str, ...] = (),
) -> Rule:  # one keyword per column of a rule
    return Rule(
        kind=kind,
        value=value,
        unit=unit,
        level=level,
        place_class=place_class,
        key=key,
        words=words,
        clauses=entry.clause,
        quote=entry.quote,
        plan_code=plan.code,
        is_derived=entry.derived,
        selectors=selectors,
        colours=colours,
    )


def _warnings(plan: Plan) -> Iterator[Rule]:
    for line in plan.warnings.levels:
        yield _rule(
            plan, line, "warning.level", line.level, selectors=line.types, colours=line.colours
        )
    for preparation in plan.warnings.on_warning:
        yield _rule(
            plan,
            preparation,
            "warning.prep",
            _preparation(preparation),
            key=preparation.code,
            level=preparation.from_level,
        )
    if hold := plan.warnings.hold:
        yield _rule(plan, hold, "warning.hold", hold.hours, unit="hour")
    if soon := plan.warnings.acknowledge:
        yield _rule(plan, soon, "warning.acknowledge", soon.minutes, unit="minute")


def _preparation(preparation: Preparation) -> dict[str, object]:
    said: dict[str, object] = {
        "title": preparation.title,
        "title_en": preparation.title_en or preparation.title,
        "who": preparation.who,
        "or_reason": preparation.or_reason,
    }
    if preparation.every:
        said["every"] = preparation.every
    if preparation.within_minutes:
        said["within_minutes"] = preparation.within_minutes
    return said


def _patrol(plan: Plan) -> Iterator[Rule]:
    for cadence in plan.patrol.cadence:
        yield _rule(
            plan,
            cadence,
            "patrol.cadence",
            cadence.at_least,
            unit=f"per_{cadence.per}" if cadence.per else "",
            level=cadence.level,
            place_class=cadence.places,
            words=cadence.words,
        )
    for emphasis in plan.patrol.emphasis:
        yield from _emphasis(plan, emphasis)
    if foster := plan.foster_inspection:
        yield _rule(
            plan, foster, "foster.inspection", foster.every_days, unit="day", words=foster.words
        )


def _emphasis(plan: Plan, emphasis: Emphasis) -> Iterator[Rule]:
    """One rule for each class of location, or one for all; the share beside it where one is said."""
    for place in emphasis.places or ("",):
        yield _rule(
            plan,
            emphasis,
            "patrol.emphasis",
            emphasis.words,
            key=emphasis.when,
            place_class=place,
        )
    if emphasis.at_least_percent and emphasis.when == "night":
        yield _rule(
            plan, emphasis, "patrol.night_share", emphasis.at_least_percent / 100, unit="share"
        )


def _response(plan: Plan) -> Iterator[Rule]:
    for limit in plan.response.limits:
        key = "" if limit.distance == "any" else limit.distance
        yield _rule(
            plan,
            limit,
            "response.limit",
            limit.minutes,
            unit="minute",
            key=key,
            words=limit.words,
        )
    if far := plan.response.far_travel:
        yield _rule(plan, far, "response.far_travel", far.minutes, unit="minute")
    if guidance := plan.response.remote_guidance:
        yield _rule(plan, guidance, "response.remote_guidance", guidance.says)


def _people(plan: Plan) -> Iterator[Rule]:
    for notice in plan.notify:
        yield _rule(
            plan, notice, "notify", _notice(notice), selectors=notice.classes, words=notice.words
        )
    for mode in plan.rescue_modes:
        for person_class in mode.classes:
            yield _rule(plan, mode, "rescue.mode", _mode(mode), key=person_class)
    if plan.offers:
        yield _rule(plan, plan.offers, "offer.order", list(plan.offers.order))


def _notice(notice: Notice) -> dict[str, object]:
    return {
        "finder": notice.finder,
        "outcome": notice.outcome,
        "tell": list(notice.tell),
        "order": notice.order,
        "share": list(notice.share),
    }


def _mode(mode: RescueMode) -> dict[str, object]:
    return {
        "modes": list(mode.modes),
        "may_refuse": mode.may_refuse,
        "legal_basis": [_basis(basis) for basis in mode.legal_basis],
        "approver": mode.approver or "",
        "review_hours": mode.review_hours or 0,
        "treatment": mode.treatment,
    }


def _basis(basis: Basis) -> str:
    return f"{basis.instrument} {basis.article}".strip()


def _refusal(plan: Plan) -> Iterator[Rule]:
    for step in plan.refusal.steps:
        said = {"says": step.says, "says_en": step.says_en or step.says}
        yield _rule(plan, step, "refusal.step", said, key=step.code)
    if kit := plan.refusal.kit:
        items = [item.model_dump() for item in kit.items]
        yield _rule(plan, kit, "refusal.kit", items)
    for revisit in plan.refusal.revisit:
        yield _rule(
            plan,
            revisit,
            "refusal.revisit",
            revisit.every_days,
            unit="day",
            level=revisit.level,
            words=revisit.words,
        )


def _lists(plan: Plan) -> Iterator[Rule]:
    named = (
        ("place.type", plan.key_locations),
        ("informant.type", plan.informants),
    )
    for kind, entries in named:
        for entry in entries:
            said = {"label": entry.label, "label_en": entry.label_en or entry.label}
            yield _rule(plan, entry, kind, said, key=entry.code)
    for supply in plan.supplies:
        value: dict[str, object] = {
            "label": supply.label,
            "label_en": supply.label_en or supply.label,
            "at_least": supply.at_least,
            "unit": supply.unit,
            "use": list(supply.use),
        }
        yield _rule(plan, supply, "supply.item", value, key=supply.code)
    for post in plan.roster:
        yield _rule(plan, post, "roster.post", _post(post), key=post.code)


def _post(post: WatchPost) -> dict[str, object]:
    return {
        "label": post.label,
        "label_en": post.label_en or post.label,
        "hours": post.hours,
        "count": post.count,
        "is_leader": post.is_leader,
    }


def _duties(plan: Plan, bases: Bases) -> Iterator[Rule]:
    """What is shown as a rule although it becomes duties: reports, major events, vague words."""
    for report in plan.reports:
        span = dates.resolve(report.due, bases) if report.due else None
        value: dict[str, object] = {
            "title": report.title,
            "title_en": report.title_en or report.title,
            "sender": report.sender,
            "addressee": report.addressee,
            "due_date": span.last.isoformat() if span else "",
            "content": list(report.content),
            "copies": report.copies,
        }
        yield _rule(plan, report, "report.due", value, key=report.code, words=report.words)
    if events := plan.major_events:
        if events.kinds:
            yield _rule(plan, events, "event.major", list(events.kinds))
        yield _rule(
            plan,
            events,
            "event.report",
            events.within_minutes,
            unit="minute",
            words=events.words,
        )
    for word in plan.vague_words:
        yield _rule(
            plan,
            word,
            "vague.clock",
            word.minutes,
            unit="minute",
            key=word.about,
            words=word.word,
        )


def _further(plan: Plan, bases: Bases) -> Iterator[Rule]:
    """What later packages look up: money, selection, tracing, drives, events."""
    for line in lines_of(plan):
        yield _rule(
            plan,
            line.entry,
            line.kind,
            line.value,
            unit=line.unit,
            key=line.key,
            words=line.words,
            selectors=line.selectors,
        )
    if plan.payment.by and plan.amounts:
        span = dates.resolve(plan.payment.by, bases)
        day = span.last.isoformat() if span else None
        yield _rule(plan, plan.window, "stipend.pay_by", day)
    if plan.payment.remainder_to:
        yield _rule(plan, plan.window, "stipend.remainder", plan.payment.remainder_to)
    for pack in plan.packs:
        span = dates.resolve(pack.until, bases) if pack.until else None
        said: dict[str, object] = {
            "label": pack.title,
            "label_en": pack.title,
            "is_on": pack.is_on,
            "until": span.last.isoformat() if span else "",
            "reason": pack.reason,
        }
        yield _rule(plan, pack, "pack", said, key=pack.code)
