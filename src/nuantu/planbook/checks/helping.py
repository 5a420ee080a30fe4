"""Gaps in how people are helped: notices, hospitals, revisits, search, station."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nuantu.planbook.checks.catalogue import found
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.people import Notice
from nuantu.planbook.words import said

SENSITIVE: Final = ("身份", "诊断", "姓名", "病情", "证件")
FAMILY: Final = ("家人", "亲属", "父", "母", "家属", "家里")
TRACKERS: Final = ("定位", "手环")
DEATH: Final = ("死", "冻饿")


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about persons."""
    yield from _notices(plan)
    yield from _hospital(plan)
    yield from _refusal(plan)
    yield from _patrol(plan)
    yield from _station(plan)
    yield from _search(plan)
    yield from _care(plan)


def _notices(plan: Plan) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], Notice] = {}
    for number, notice in enumerate(plan.notify):
        path = ("notify", number)
        for person_class in notice.classes:
            before = seen.setdefault((notice.finder, person_class, notice.outcome), notice)
            if before is not notice and before.tell != notice.tell:
                yield found(
                    "notify_twice",
                    f"“{said(person_class)}”有两份不同的通知名单，两份都会通知",
                    f"“{said(person_class, 'en')}” has two notification lists; both are told",
                    clause=(*before.clause, *notice.clause),
                    path=path,
                )
        if (
            "non_local" in notice.classes
            and notice.order == "in_order"
            and notice.tell[0] == "police"
        ):
            yield found(
                "police_first",
                "外地人员先到公安登记：救助不等身份核查",
                "Non-local people go to the police first: care never waits for the identity step",
                clause=notice.clause,
                path=path,
            )
        if "minor" in notice.classes and "120" in notice.tell:
            yield found(
                "ambulance_for_minor",
                "每个未成年人都呼叫120？健康的孩子可由接线员写明不需要的理由",
                "An ambulance for every minor? The operator may say why a healthy one needs none",
                clause=notice.clause,
                path=path,
            )
        is_open = not notice.share or any(word in " ".join(notice.share) for word in SENSITIVE)
        if notice.outcome == "refused" and is_open:
            yield found(
                "shares_too_much",
                "通报拒助人员只限位置和需求，写明 share；不写诊断和身份",
                "Share only place and needs of a refuser (share); no diagnosis, no identity",
                clause=notice.clause,
                path=path,
            )


def _hospital(plan: Plan) -> Iterator[Finding]:
    for number, route in enumerate(plan.medical.routes):
        if len([place for place in route.to if place != "ambulance"]) < 2:
            yield found(
                "route_without_fallback",
                f"“{'、'.join(map(said, route.classes))}”的医院满了送哪里？",
                f"Where do “{', '.join(said(c, 'en') for c in route.classes)}” go when it is full?",
                clause=route.clause,
                path=("medical", "routes", number),
            )
    costs = plan.medical.costs
    if costs and costs.collects_from_family:
        yield found(
            "family_pays",
            "无偿救助：不能向本人或家属收费",
            "Relief is free: neither the person nor the family is charged",
            clause=costs.clause,
            path=("medical", "costs"),
        )


def _refusal(plan: Plan) -> Iterator[Finding]:
    refusal = plan.refusal
    if refusal.kit and not refusal.revisit:
        yield found(
            "no_revisit",
            "拒绝救助后多久回访没有写，用默认间隔",
            "No interval for visiting refusers again; the default is used",
            clause=refusal.kit.clause,
            path=("refusal",),
        )


def _patrol(plan: Plan) -> Iterator[Finding]:
    register = plan.patrol.register_
    images = {"photo", "video"}.intersection(register.keeps) if register else ()
    if register and images and register.keep_months is None:
        yield found(
            "no_retention",
            "影像保存几个月没有写，用默认期限",
            "No term for keeping images; the default is used",
            clause=register.clause,
            path=("patrol", "register"),
        )
    checklist = plan.patrol.checklist
    if checklist and not checklist.items:
        yield found(
            "empty_checklist",
            f"“{checklist.name}”没有内容，巡查表上是空的，请补上",
            f"“{checklist.name}” has no content; fill it in",
            clause=checklist.clause,
            path=("patrol", "checklist"),
        )
    areas: dict[str, tuple[str, ...]] = {}
    for number, tier in enumerate(plan.patrol.tiers):
        before = areas.setdefault(tier.area, tier.clause)
        if before is not tier.clause:
            yield found(
                "area_twice",
                f"“{tier.area}”有两家负责巡查，谁为主？",
                f"Two bodies patrol “{tier.area}”; which one leads?",
                clause=(*before, *tier.clause),
                path=("patrol", "tiers", number),
            )


def _station(plan: Plan) -> Iterator[Finding]:
    samples = plan.station.food_samples
    if samples and (samples.grams is None or samples.hours is None):
        yield found(
            "sample_without_amount",
            "留样没写克数、时数，用默认值",
            "Samples without weight and hours; the defaults are used",
            clause=samples.clause,
            path=("station", "food_samples"),
        )
    for number, event in enumerate(plan.events):
        if event.kind == "meal" and not (samples and samples.at_events):
            yield found(
                "meal_without_sample",
                f"“{event.label}”有热食，留样吗？",
                f"“{event.label_en or event.label}” has hot food: are samples kept?",
                clause=event.clause,
                path=("events", number),
            )


def _search(plan: Plan) -> Iterator[Finding]:
    for number, step in enumerate(plan.tracing.search):
        has_term = step.within_hours or step.within_days or step.within_working_days
        if not has_term and not step.words:
            yield found(
                "search_without_term",
                f"“{step.label}”没有期限，用默认期限",
                f"“{step.label_en or step.label}” has no term; the default is used",
                clause=step.clause,
                path=("tracing", "search", number),
            )
    steps = plan.tracing.settlement
    if steps and steps[0].after_days is None:
        yield found(
            "settlement_without_term",
            "多久仍查不明才安置没有写",
            "After how long somebody unknown is settled is not said",
            clause=steps[0].clause,
            path=("tracing", "settlement", 0),
        )


def _care(plan: Plan) -> Iterator[Finding]:
    defined = any("易走失" in "".join((test.label, *test.objects)) for test in plan.eligibility)
    for number, step in enumerate(plan.prevention):
        path = ("prevention", number)
        text = step.label + step.says + "".join(step.goods)
        if any(word in text for word in TRACKERS) and not step.needs_consent:
            yield found(
                "tracking_without_consent",
                f"“{step.label}”须本人或监护人同意（needs_consent）",
                f"“{step.label_en or step.label}” needs consent (needs_consent)",
                clause=step.clause,
                path=path,
            )
        if "easily_lost_person" in step.groups and not defined:
            defined = True
            yield found(
                "who_is_easily_lost",
                "哪些人算易走失没有写，由办案人员逐个判断",
                "Who is easily lost is not said; judged case by case",
                clause=step.clause,
                path=path,
            )
    for number, event in enumerate(plan.oversight.consequences):
        if _names_death(event.label + event.says) and not _has_way_for_death(plan):
            yield found(
                "death_without_procedure",
                "不得有人死亡，但没有发生后的处置办法",
                "Nobody may die, but nothing is said of what follows",
                clause=event.clause,
                path=("oversight", "consequences", number),
            )
    for number, story in enumerate(plan.case_story):
        if any(word in story.says for word in FAMILY) and not story.needs_consent:
            yield found(
                "family_without_consent",
                "联系成年人的家人，先征得本人同意（needs_consent）",
                "The family of an adult is called only with consent (needs_consent)",
                clause=story.clause,
                path=("case_story", number),
            )


def _names_death(text: str) -> bool:
    return any(word in text for word in DEATH)


def _has_way_for_death(plan: Plan) -> bool:
    """A contingency that names it, or a list of major events; without kinds the default holds it."""
    events = plan.major_events
    if events and (not events.kinds or _names_death("".join(events.kinds))):
        return True
    return any(_names_death(item.label + item.says) for item in plan.emergency_plans)
