"""One contact as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from nuantu.core import erasure, scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import in_words
from nuantu.dispatch.models import Tip
from nuantu.encounters.models import (
    Condition,
    Encounter,
    Evidence,
    ModeRequest,
    OfferLine,
    RefuserNotice,
    Revisit,
    TransferSheet,
)
from nuantu.encounters.rules.conditions import CALL_FIRST
from nuantu.encounters.selectors.choices import names_of
from nuantu.operations.models import Handover
from nuantu.persons.models import Case, ClassCode
from nuantu.persons.models.choices import WHAT_TO_DO, is_veiled
from nuantu.persons.selectors import Card, card_of, marks_of, opened_by
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.duties import Owed, next_duties

IDENTITY, SHEET = "identity", "sheet"


@dataclass(frozen=True, slots=True)
class GoodsShown:
    """One line of goods in the language of the page."""

    label: str
    quantity: int
    owed: int
    reason: str

    @property
    def is_short(self) -> bool:
        return self.quantity < self.owed


@dataclass(frozen=True, slots=True)
class EncounterPage:
    """Everything the page of one contact shows to one reader."""

    encounter: Encounter
    refusal: str
    card: Card
    case: Case | None
    tip: Tip | None
    holder: str
    destination: str
    conditions: list[tuple[str, str]]
    classes: tuple[tuple[str, str], ...]
    offers: list[OfferLine]
    goods: list[GoodsShown]
    photos: list[Evidence]
    request: ModeRequest | None
    sheet: TransferSheet | None
    health: str
    revisits: list[Revisit]
    handover: Handover | None
    partners: list[str]
    replaced_by: Encounter | None
    duties: list[Owed]

    @property
    def offered(self) -> list[OfferLine]:
        """What was offered, in the order of the plan."""
        return [line for line in self.offers if line.answer != OfferLine.Answer.NOT_OFFERED]

    @property
    def not_offered(self) -> list[OfferLine]:
        """What the plan lists and nobody offered."""
        return [line for line in self.offers if line.answer == OfferLine.Answer.NOT_OFFERED]


def encounter_page(actor: Actor, encounter: Encounter, at: datetime) -> EncounterPage:
    """Read the page; the caller has authorised the reader."""
    person = encounter.person
    opened = opened_by(person, actor, at)
    sheet = TransferSheet.objects.filter(encounter=encounter).first()
    is_open = sheet is not None and opened.has(f"{SHEET}:{encounter.public_id}")
    names = names_of([encounter.owner_org, encounter.to_org])
    codes = classes_of([person]).get(person.pk, ())
    card = card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY))
    return EncounterPage(
        encounter=encounter,
        refusal="；".join(in_words(said) for said in encounter.refusal_reason.split("；")),
        card=card,
        case=Case.objects.filter(case_id=encounter.case_id).first(),
        tip=Tip.objects.filter(pk=encounter.tip_id).first() if encounter.tip_id else None,
        holder=names.get(encounter.owner_org, encounter.owner_org),
        destination=names.get(encounter.to_org, encounter.to_org),
        conditions=conditions_shown(encounter),
        classes=marks_of(encounter.classes, card.may_be_minor),
        offers=list(encounter.offers.order_by("position")),
        goods=goods_shown(encounter),
        photos=[]
        if card.is_masked
        else list(encounter.photos.select_related("file").order_by("pk")),
        request=ModeRequest.objects.filter(encounter=encounter).first(),
        sheet=sheet,
        health=erasure.opened(sheet.health) if is_open and sheet is not None else "",
        revisits=list(encounter.revisits.select_related("met").order_by("due_at")),
        handover=Handover.objects.filter(public_id=encounter.handover_id).first()
        if encounter.handover_id
        else None,
        partners=partners_told(encounter),
        replaced_by=Encounter.objects.filter(corrects=encounter).first(),
        duties=next_duties([encounter.case_ref], at),
    )


def conditions_shown(encounter: Encounter) -> list[tuple[str, str]]:
    """What was seen in words, marked where 120 is called first."""
    return [
        (_seen(code), "danger" if code in CALL_FIRST else "")
        for code in Condition.values
        if code in encounter.conditions
    ]


def _seen(code: str) -> str:
    """What was seen in the words that this reader may know."""
    if code == Condition.SUICIDAL and is_veiled(ClassCode.SUICIDE_RISK):
        return str(WHAT_TO_DO)
    return str(Condition(code).label)


def goods_shown(encounter: Encounter) -> list[GoodsShown]:
    """Goods in the language of the page, the plan's order."""
    is_english = (get_language() or "").startswith("en")
    return [
        GoodsShown(
            label=line.label_en if is_english and line.label_en else line.label,
            quantity=line.quantity,
            owed=line.owed_quantity,
            reason=in_words(line.missing_reason),
        )
        for line in encounter.goods.order_by("pk")
    ]


def partners_told(encounter: Encounter) -> list[str]:
    """Which partner departments were told of place and needs; their rows are their own."""
    with scope.system("the giver of a notice sees whom it went to"):
        codes = list(
            RefuserNotice.objects.filter(encounter=encounter, withdrawn_at=None).values_list(
                "owner_org", flat=True
            )
        )
    return sorted(names_of(codes).values())
