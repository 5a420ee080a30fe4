"""The lists of a plan as rules: what later packages look up by kind and code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nuantu.planbook import counted, stipends
from nuantu.planbook.rules import Value
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.donation import Packing, Size
from nuantu.planbook.schema.money import Amount, BudgetLine
from nuantu.planbook.schema.parts import Entry, Named
from nuantu.planbook.schema.selection import Ban

PLAIN = ("clause", "quote", "derived", "code", "label", "label_en", "words")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that becomes a rule: its kind, value and key."""

    entry: Entry
    kind: str
    value: Value
    key: str = ""
    unit: str = ""
    words: str = ""
    selectors: tuple[str, ...] = ()


def lines_of(plan: Plan) -> Iterator[Line]:
    """Every list entry of the plan as a line, in the order of the schema."""
    yield from _named(plan)
    yield from _street(plan)
    yield from _station(plan)
    yield from _selection(plan)
    yield from _money(plan)
    yield from _drive(plan)


def value_of(entry: Entry) -> dict[str, object]:
    """What the entry says as plain JSON, with the name that people read."""
    data = entry.model_dump(mode="json", exclude_defaults=True)
    said: dict[str, object] = {}
    label = getattr(entry, "label", "") or data.get("says") or data.get("name") or ""
    if label:
        said["label"] = label
        said["label_en"] = getattr(entry, "label_en", "") or data.get("says_en") or label
    if isinstance(entry, Named):
        name = counted.named(entry)
        said["label"], said["label_en"] = name.zh, name.en
    said.update({key: value for key, value in data.items() if key not in PLAIN})
    return said


def _lists(groups: Mapping[str, Sequence[Entry]]) -> Iterator[Line]:
    for kind, entries in groups.items():
        for entry in entries:  # a sentence has no code: each plan's counts, none hides another
            key = entry.code if isinstance(entry, Named) else ""
            words = str(getattr(entry, "words", ""))
            yield Line(entry, kind, value_of(entry), key=key, words=words)


def _named(plan: Plan) -> Iterator[Line]:
    yield from _lists(
        {
            "target": plan.targets,
            "goal": plan.oversight.goals,
            "consequence": plan.oversight.consequences,
            "inspection.planned": plan.oversight.inspections,
            "casework.kind": plan.casework,
            "network": plan.network,
            "hotline": plan.hotlines,
            "emergency.plan": plan.emergency_plans,
            "supply.reserve": plan.reserve,
            "search.step": plan.tracing.search,
            "notice.channel": plan.tracing.channels,
            "return.way": plan.tracing.returns,
            "settlement.step": plan.tracing.settlement,
            "prevention.step": plan.prevention,
            "assistance.link": plan.assistance,
            "visit.round": plan.visits.rounds,
            "visit.form": plan.visits.forms,
            "visit.discipline": plan.visits.discipline,
            "event.planned": plan.events,
            "publicity.channel": plan.publicity.channels,
            "publicity.material": plan.publicity.materials,
            "partner": plan.partners,
        }
    )


def _street(plan: Plan) -> Iterator[Line]:
    for tier in plan.patrol.tiers:
        yield Line(tier, "patrol.tier", value_of(tier) | {"label": tier.area})
    yield from _lists({"patrol.sweep": plan.patrol.sweeps, "patrol.partner": plan.patrol.partners})
    if schedule := plan.patrol.schedule:
        yield Line(schedule, "patrol.schedule", list(schedule.by))
    if register := plan.patrol.register_:
        yield Line(register, "patrol.register", list(register.keeps))
    if checklist := plan.patrol.checklist:
        yield Line(checklist, "patrol.checklist", value_of(checklist))
    if aid := plan.first_aid:
        yield Line(aid, "first_aid", list(aid.gives), words=aid.words)
    for route in plan.medical.routes:
        yield Line(
            route, "hospital.route", list(route.to), words=route.words, selectors=route.classes
        )
    if costs := plan.medical.costs:
        yield Line(costs, "medical.payer", list(costs.payers) or None, words=costs.words)


def _station(plan: Plan) -> Iterator[Line]:
    station = plan.station
    yield from _lists({"station.step": station.procedure, "station.care": station.care})
    if station.zones:
        yield Line(station.zones, "station.zone", list(station.zones.by))
    if samples := station.food_samples:
        for kind, figure, unit in (
            ("food_sample.grams", samples.grams, "gram"),
            ("food_sample.hours", samples.hours, "hour"),
        ):
            yield Line(samples, kind, figure, unit=unit, words=samples.words)
    for placement in plan.foster.placement:
        yield Line(placement, "foster.placement", placement.first, selectors=placement.classes)


def _selection(plan: Plan) -> Iterator[Line]:
    chosen = plan.selection
    yield from _lists({"selection.form": chosen.forms})
    for test in plan.eligibility:
        yield Line(test, "eligibility.test", value_of(test), key=test.code)
    if chosen.survey:
        yield Line(chosen.survey, "selection.survey", value_of(chosen.survey))
    for confirmation in chosen.confirmation:
        yield Line(
            confirmation, "selection.confirmation", list(confirmation.by), key=confirmation.object
        )
    if posted := chosen.public_list:
        yield Line(posted, "public_list.days", posted.days, unit="day", words=posted.words)
        if posted.shows:
            yield Line(posted, "public_list.shows", list(posted.shows))
    for ban in chosen.bans:
        yield Line(ban, "filing.ban", _ban(ban), words=ban.words)


def _ban(ban: Ban) -> dict[str, object]:
    scope = ban.scope or "资格"
    years = f"取消{ban.years}年{scope}" if ban.years else "按规定处理"
    span_en = "one year" if ban.years == 1 else f"{ban.years} years"
    years_en = f"barred for {span_en}" if ban.years else "handled by the rules"
    return value_of(ban) | {
        "label": f"{ban.offence}：{years}",
        "label_en": f"{ban.offence}: {years_en}",
    }


def _money(plan: Plan) -> Iterator[Line]:
    for amount in plan.amounts:
        yield Line(amount, "stipend.amount", _amount(amount), key=amount.code)
    for stacking in plan.stacking:
        for code in stacking.codes:
            said = {"rule": stacking.rule, "with": [c for c in stacking.codes if c != code]}
            yield Line(stacking, "stipend.stacking", said, key=code)
    for line in plan.budget:
        yield Line(line, "budget.line", _budget(line), key=line.code, words=line.words)


def _amount(amount: Amount) -> dict[str, object]:
    text = stipends.said(amount)
    return {
        "label": text.zh,
        "label_en": text.en,
        "category": amount.category,
        "fen": stipends.fen(amount.yuan) if amount.yuan is not None else None,
        "fen_from": stipends.fen(amount.yuan_from) if amount.yuan_from is not None else None,
        "is_ceiling": amount.is_ceiling,
        "unit": amount.unit or "",
        "shares": [
            {"who": who, "share": str(share)} for who, share in stipends.shares_of(amount.payer)
        ],
        "quota": amount.quota,
        "eligibility": list(amount.eligibility),
        "includes_goods": amount.includes_goods,
        "is_payable": stipends.is_payable(amount),
    }


def _budget(line: BudgetLine) -> dict[str, object]:
    fen = stipends.fen(line.yuan) if line.yuan is not None else None
    sum_zh = f"{stipends.money(fen)}元" if fen is not None else "金额未写"
    sum_en = f"{stipends.money(fen)} yuan" if fen is not None else "no amount said"
    return value_of(line) | {
        "label": f"{line.label}：{sum_zh}",
        "label_en": f"{line.label_en or line.label}: {sum_en}",
        "fen": fen,
    }


def _size(size: Size) -> dict[str, object]:
    ages, heights = f"{size.age_from}-{size.age_to}", f"{size.height_from}-{size.height_to}"
    said = [
        part
        for part, known in ((f"{ages}岁", size.age_to), (f"{heights}厘米", size.height_to))
        if known
    ]
    said_en = [
        part
        for part, known in ((f"age {ages}", size.age_to), (f"{heights} cm", size.height_to))
        if known
    ]
    return value_of(size) | {"label": "、".join(said), "label_en": ", ".join(said_en)}


def _packing(packing: Packing) -> dict[str, object]:
    said = "→".join(packing.order) or packing.says
    return value_of(packing) | {"label": said, "label_en": said}


def _drive(plan: Plan) -> Iterator[Line]:
    drive = plan.drive
    if drive is None:
        return
    taken = drive.acceptance
    yield from _lists(
        {
            "donation.party": drive.parties,
            "donation.accept": taken.accepts,
            "donation.refuse": taken.refuses,
            "donation.condition": taken.conditions,
            "donation.staffing": drive.staffing,
            "donation.transport": drive.transport,
            "donation.contingency": drive.contingencies,
            "donation.feedback": drive.feedback,
        }
    )
    if taken.size:
        yield Line(taken.size, "donation.size", _size(taken.size))
    if taken.packing:
        yield Line(taken.packing, "donation.packing", _packing(taken.packing))
    if drive.cash:
        yield Line(
            drive.cash, "donation.cash", value_of(drive.cash) | {"label": drive.cash.paid_to}
        )
