"""Review cards as the desk sees them: what the phone said, against what stands now."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nuantu.core import vault
from nuantu.core.fields import MASK
from nuantu.core.refused import said_to_reader
from nuantu.core.subjects import Subject, label, url
from nuantu.dispatch.models import Dispatch
from nuantu.dispatch.selectors import BoardFigure
from nuantu.encounters.forms.contact import ContactForm
from nuantu.encounters.models import OfferCode, OfferLine
from nuantu.encounters.rules.kits import read_kit
from nuantu.fieldwork.models import ReviewCard
from nuantu.fieldwork.rules import commands as kinds
from nuantu.fieldwork.selectors.standing import (
    OF_MANY,
    care_word,
    moment_line,
    stands_in_care,
    told_of_many,
)
from nuantu.operations.selectors import level_of, rules_at
from nuantu.operations.selectors.figures import Figure, Span
from nuantu.patrols.models import JointPartner, PatrolRoute, PatrolRun, PatrolVisit

KIND_WORDS: Final = {
    kinds.RUN_BEGIN: gettext_lazy("出巡"),
    kinds.RUN_ALL_WELL: gettext_lazy("报平安"),
    kinds.RUN_FINISH: gettext_lazy("收队"),
    kinds.RUN_HAND_OVER: gettext_lazy("交接"),
    kinds.RUN_PARTNER: gettext_lazy("一起去的"),
    kinds.STOP_ADD: gettext_lazy("增加一站"),
    kinds.ARRIVE: gettext_lazy("到达"),
    kinds.NOBODY: gettext_lazy("没有人"),
    kinds.MET: gettext_lazy("见到人"),
    kinds.PASS_BY: gettext_lazy("没有去"),
    kinds.TAKE_BACK: gettext_lazy("退回重登"),
    kinds.PHOTO_ADD: gettext_lazy("照片"),
    kinds.CONTACT: gettext_lazy("登记接触"),
    kinds.CLOCK: gettext_lazy("对时"),
    "dispatch.accept": gettext_lazy("接单"),
    "dispatch.depart": gettext_lazy("出发"),
    "dispatch.arrive": gettext_lazy("到达现场"),
    "dispatch.finish": gettext_lazy("处置完成"),
    "dispatch.not_found": gettext_lazy("没找到"),
    "dispatch.decline": gettext_lazy("退单"),
    "dispatch.check_in": gettext_lazy("报平安"),
    kinds.CARE_LOG: gettext_lazy("照料登记"),
    kinds.CARE_ROUND: gettext_lazy("一轮照料"),
    kinds.CARE_ROLL: gettext_lazy("点名"),
    kinds.CARE_DOSE: gettext_lazy("服药"),
    kinds.CARE_VITAL: gettext_lazy("体征"),
    kinds.CARE_BEDDING: gettext_lazy("床品换洗"),
    kinds.CARE_MISSING: gettext_lazy("报警寻找"),
}
FIELD_WORDS: Final = {
    "crew": gettext_lazy("出巡人员"),
    "vehicle": gettext_lazy("车牌"),
    "km_out": gettext_lazy("出巡里程（公里）"),
    "km_in": gettext_lazy("收队里程（公里）"),
    "place": gettext_lazy("地点"),
    "note": gettext_lazy("情况"),
    "reason": gettext_lazy("原因"),
    "skip_reason": gettext_lazy("没有去的站，原因"),
    "count": gettext_lazy("共几人"),
    "to": gettext_lazy("交给谁"),
    "kind": gettext_lazy("做了什么"),
    "what": gettext_lazy("做了什么"),
    "slot": gettext_lazy("哪一餐"),
    "outcome": gettext_lazy("结果"),
    "due_at": gettext_lazy("哪一次"),
    "note_text": gettext_lazy("说明"),
    "is_by_woman": gettext_lazy("女工作人员做的"),
}
# Sealed on the sheet that they go to; the desk applies them unseen.
UNSEEN: Final = ("health", "escort_phone")
UNSEEN_OF_CARE: Final = ("temperature", "pulse", "pressure", "saturation", "text")
# Marks of place and form that nobody reads.
SILENT: Final = ("lat", "lon", "accuracy", "stop", "visit", "dispatch", "fields", "checks")


@dataclass(frozen=True, slots=True)
class CardFilter:
    """What is asked of the list; empty values ask nothing. `state` is a state of the card."""

    words: str = ""
    state: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CardPage:
    """One card: what was told (label, value), what stands now, photos that wait."""

    card: ReviewCard
    kind: str
    said: Sequence[tuple[str, str]]
    stands: Sequence[tuple[str, str]]
    stands_url: str
    photo_count: int
    is_gone: bool
    form_url: str
    may_apply: bool

    @property
    def words(self) -> str:
        """Why it lies here, in the reader's language."""
        return said_to_reader(self.card.words)


def kind_said(kind: str) -> str:
    """What a kind of command is called."""
    return str(KIND_WORDS.get(kind, kind or _("不认识的指令")))


def listed(card: ReviewCard) -> tuple[ReviewCard, str, str]:
    """A card of the list: itself, what it is about, why it lies there."""
    return card, kind_said(card.command.kind), said_to_reader(card.words)


def card_list(cards: QuerySet[ReviewCard], wanted: CardFilter) -> QuerySet[ReviewCard]:
    """Cards narrowed: open ones first, the oldest of them first."""
    found = cards.order_by("decided_at", "opened_at", "pk")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.why:
        found = found.filter(why=wanted.why)
    if wanted.words:
        named = Q(command__device__user__name__icontains=wanted.words)
        found = found.filter(named | Q(words__icontains=wanted.words))
    return found


def card_page(card: ReviewCard) -> CardPage:
    """Everything the desk needs to decide one card."""
    command = card.command
    body, is_gone = _body(card)
    subject, stands = _stands(card)
    return CardPage(
        card,
        kind_said(command.kind),
        list(_said(body, _goods(card))),
        stands,
        (url(subject) or "") if subject else "",
        command.file_count,
        is_gone,
        _form_url(command.kind, body),
        may_apply=card.state == ReviewCard.State.OPEN and command.kind in kinds.KINDS,
    )


def _form_url(kind: str, body: dict[str, Any]) -> str:
    """The form in which the desk enters a contact otherwise, for its dispatch; empty for a step."""
    if kind != kinds.CONTACT:
        return ""
    run = kinds.uuid_of(body.get("dispatch"))
    return reverse("encounters:new") + (f"?run={run}" if run else "")


def _body(card: ReviewCard) -> tuple[dict[str, Any], bool]:
    """What the command said; nothing, and that it is gone, once its key is destroyed."""
    try:
        text = card.command.body.open()
    except vault.KeyDestroyed:
        text = ""
    body: dict[str, Any] = json.loads(text) if text else {}
    return body, not text


def _said(body: dict[str, Any], goods: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name, value in body.items():
        if name not in SILENT and value not in ("", None):
            yield from _line_of(name, value)
    checks = body.get("checks")
    for check in checks if isinstance(checks, list) else ():
        if isinstance(check, dict):
            done = _("做到") if check.get("is_done") else _("没有做到")
            yield (
                _("清单第 %(n)s 条") % {"n": check.get("number")},
                f"{done} {check.get('remark') or ''}",
            )
    fields = body.get("fields")
    for pair in fields if isinstance(fields, list) else ():
        if isinstance(pair, list) and len(pair) == 2 and pair[1] not in ("", None):
            name, value = _of_contact(str(pair[0]), str(pair[1]), goods)
            yield name, MASK if pair[0] in UNSEEN else value


def _line_of(name: str, value: Any) -> Iterable[tuple[str, str]]:
    """One thing that was told, in words; what is sealed for the medic only says that it is there."""
    if name in UNSEEN_OF_CARE:
        yield _("体征"), MASK
    elif name in OF_MANY and isinstance(value, dict):
        yield from told_of_many(value)
    elif name == "partner":
        yield _("单位"), _unit(value)
    elif name == "came":
        yield _("结果"), _("到了") if value == "yes" else _("没有来")
    else:
        yield str(FIELD_WORDS.get(name, name)), care_word(name, value)


def _unit(told: Any) -> str:
    own_id = kinds.uuid_of(told)
    found = JointPartner.objects.filter(public_id=own_id).first() if own_id else None
    return found.unit if found else "—"


def _goods(card: ReviewCard) -> dict[str, str]:
    """What the items of the kit are called, by the names of their fields."""
    at = card.command.happened_at
    level = level_of(card.division_code, at).level
    kit = rules_at(card.division_code, at).find("refusal.kit", level=level)
    language = get_language() or ""
    items = read_kit(kit.value) if kit else ()
    return {f"goods_{item.code}": item.said_in(language) for item in items}


def _of_contact(name: str, value: str, goods: Mapping[str, str]) -> tuple[str, str]:
    """A field of the contact form in the words of the form."""
    field: Any = ContactForm.base_fields.get(name)
    if name.startswith("offer_") and name[6:] in OfferCode.values:
        answers = dict(OfferLine.Answer.choices)
        return str(OfferCode(name[6:]).label), str(answers.get(value, value))
    if field is None:
        return goods.get(name, name), value
    words = {str(code): str(word) for code, word in getattr(field, "choices", ())}
    return str(field.label or name), words.get(value, value)


def _stands(card: ReviewCard) -> tuple[Subject | None, list[tuple[str, str]]]:
    """What the register and the dispatch say now of what the command is about."""
    about = card.command.about
    if about is None:
        return None, []
    visit = PatrolVisit.objects.select_related("run__team").filter(public_id=about).first()
    if visit is not None:
        people = f" {visit.people_count}" if visit.people_count else ""
        return Subject("patrol_run", visit.run.public_id), [
            (_("地点"), visit.place),
            (_("状态"), f"{visit.get_state_display()}{people}"),
            *moment_line(_("到达"), visit.arrived_at),
            *moment_line(_("离开"), visit.left_at),
            (_("登记人"), visit.recorded_by or "—"),
        ]
    run = PatrolRun.objects.select_related("team").filter(public_id=about).first()
    if run is not None:
        return Subject("patrol_run", run.public_id), [
            (_("队伍"), run.team.name),
            (_("状态"), run.get_state_display()),
            *moment_line(_("出巡"), run.begun_at),
            *moment_line(_("结束"), run.ended_at),
        ]
    return _stands_of_dispatch(about)


def _stands_of_dispatch(about: UUID) -> tuple[Subject | None, list[tuple[str, str]]]:
    sent = Dispatch.objects.select_related("tip", "team").filter(public_id=about).first()
    if sent is not None:
        return Subject("dispatch", sent.public_id), [
            (_("地点"), sent.tip.place_text),
            (_("状态"), sent.get_state_display()),
            *moment_line(_("到达"), sent.arrived_at),
        ]
    if (care := stands_in_care(about)) is not None:
        return care
    route = PatrolRoute.objects.select_related("team").filter(public_id=about).first()
    if route is not None:
        return None, [(_("队伍"), route.team.name), (_("状态"), _("没有出巡"))]
    return None, [(_("状态"), _("找不到"))]


def entered_said(card: ReviewCard) -> tuple[str, str]:
    """What was entered in its place, and its page; empty where nothing is named."""
    if card.entered_id is None:
        return "", ""
    subject = Subject(card.entered_kind, card.entered_id)
    return label(subject), url(subject) or ""


def card_label(public_id: UUID) -> str:
    """A card as journal lines name it."""
    return _("待核卡")


def card_url(public_id: UUID) -> str | None:
    """The page of a card."""
    return reverse("fieldwork:review", args=[public_id])


def of_season(span: Span) -> Iterable[Figure]:
    """How many cards wait for the desk; opens to them."""
    count = ReviewCard.objects.filter(
        state=ReviewCard.State.OPEN, division_code__startswith=span.prefix
    ).count()
    if count:
        yield Figure(
            "review_cards",
            str(count),
            _("手机补送待核卡"),
            _open_url(),
            permission="fieldwork.review.read",
        )


def of_board(cards: QuerySet[ReviewCard]) -> Iterable[BoardFigure]:
    """How many of some cards are open, for the head of the dispatch board; silent at none."""
    if count := cards.filter(state=ReviewCard.State.OPEN).count():
        yield BoardFigure(_("手机补送待核卡"), count, _open_url(), "amber")


def _open_url() -> str:
    return reverse("fieldwork:reviews") + f"?state={ReviewCard.State.OPEN}"
