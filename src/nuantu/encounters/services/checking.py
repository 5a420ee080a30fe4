"""What must be true before a contact is written; each refusal says what to mend and where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.models import Tip
from nuantu.encounters.models import Capacity, Condition, OfferLine, Outcome
from nuantu.encounters.rules import kits, outcomes, refusals
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.selectors.judging import (
    Judgement,
    judge,
    known_classes,
    reported_classes,
)
from nuantu.persons.models import Case, ClassCode, Person
from nuantu.persons.rules import rescue

OLDEST: Final = timedelta(days=30)


class EncounterRefused(Refusal):
    """The contact cannot be written as it stands; what was typed is kept.

    `others` are further things to mend, so that a team in the cold is sent back once.
    """

    others: tuple["EncounterRefused", ...] = ()


class ProtectedPerson(EncounterRefused):
    """This person does not end as refused: a minor, urgently ill, in danger or unable to decide."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A contact that holds, with what was worked out on the way."""

    judgement: Judgement
    goods: tuple[kits.Given, ...]
    mode: str
    revisit_at: datetime | None


def check(
    *,
    actor: Actor,
    at: datetime,
    contact: Contact,
    person: Person | None,
    photo_count: int,
    tip: Tip | None = None,
) -> Checked:
    """Everything the rules ask of a contact. Raises EncounterRefused or ProtectedPerson."""
    _check_moment(contact, at)
    _check_choices(contact)
    age = contact.who.age
    if age is None and person is not None:
        age = person.age_on(clock.local(contact.happened_at).date())
    judgement = judge(
        division_code=contact.place.division_code,
        at=at,
        seen=contact.conditions,
        classes=contact.classes,
        capacity=contact.capacity,
        age=age,
        known_classes=known_classes(person, actor.org_code),
        reported=reported_classes(tip),
    )
    _check_outcome(contact, judgement)
    mode = _check_mode(contact, judgement)
    _check_destination(contact, actor)
    revisit_at, gaps = _check_refusal(contact, judgement, at, photo_count)
    goods = _goods_of(contact, judgement)
    _refuse([*gaps, *_goods_gaps(goods)])
    return Checked(judgement, goods, mode, revisit_at)


def _refuse(found: list[EncounterRefused]) -> None:
    """Refuse with the first thing to mend and name the others; nothing found is nothing refused."""
    if found:
        found[0].others = tuple(found[1:])
        raise found[0]


def _check_moment(contact: Contact, at: datetime) -> None:
    if contact.happened_at > at:
        raise EncounterRefused(_("接触时间不能晚于现在，请核对手机时间。"), field="happened_at")
    if contact.happened_at < at - OLDEST:
        raise EncounterRefused(_("接触时间在30天以前，请核对日期。"), field="happened_at")


def _check_choices(contact: Contact) -> None:
    if not contact.place.words.strip():
        raise EncounterRefused(_("请写明在哪里遇到的。"), field="place")
    if contact.outcome not in Outcome.values:
        raise EncounterRefused(_("请选择怎么结束的。"), field="outcome")
    known = (
        set(contact.conditions) <= set(Condition.values)
        and set(contact.classes) <= set(ClassCode.values)
        and contact.capacity in Capacity.values
        and set(contact.offers.values()) <= set(OfferLine.Answer.values)
    )
    if not known:
        raise EncounterRefused(_("有不认识的选项，请刷新页面后重选。"), field="conditions")


def words_of(codes: tuple[str, ...]) -> str:
    """Classes in words, with the two that are no classes."""
    names: dict[str, str | Promise] = {
        "incapable": _("不能自己作主"),
        "doubtful": _("能否自己作主存疑"),
    }
    labels = dict(ClassCode.choices)
    return gettext("、").join(str(names.get(code) or labels.get(code, code)) for code in codes)


def _check_outcome(contact: Contact, judgement: Judgement) -> None:
    if contact.outcome in judgement.outcomes:
        if outcomes.needs_guardian(contact.outcome, judgement.classes) and not contact.guardian:
            raise ProtectedPerson(
                _("未成年人留在现场，要写明交给了哪位监护人、怎么核对的。"), field="guardian"
            )
        return
    ways = gettext("、").join(str(Outcome(code).label) for code in judgement.outcomes)
    why = judgement.treatment.deciding or judgement.classes[:1]
    raise ProtectedPerson(
        _("不能按「%(end)s」结束：%(why)s。职责没有结束，请选：%(ways)s。")
        % {"end": Outcome(contact.outcome).label, "why": words_of(why), "ways": ways},
        field="outcome",
    )


def _check_mode(contact: Contact, judgement: Judgement) -> str:
    """The rescue mode, when the gate before it is open; a capable adult who agrees needs none (X01)."""
    if contact.outcome not in outcomes.TAKEN_OVER:
        return rescue.VOLUNTARY
    if not judgement.treatment.may_refuse and judgement.treatment.is_own_way(contact.gate):
        return rescue.VOLUNTARY
    mode = contact.mode or judgement.mode_for(contact.outcome)
    if mode not in Case.Mode.values:
        raise EncounterRefused(_("请选择救助方式。"), field="mode")
    if mode == rescue.VOLUNTARY and not judgement.treatment.may_refuse:
        raise ProtectedPerson(
            _("%(why)s：不能按自愿受助登记，请选保护性的方式并写明依据。")
            % {"why": words_of(judgement.treatment.deciding)},
            field="mode",
        )
    missing = rescue.missing_at_gate(mode, contact.gate, judgement.treatment)
    _refuse(
        [
            EncounterRefused(words, field=field)
            for words, field in (GATE_WORDS[code] for code in missing)
        ]
    )
    return mode


GATE_WORDS: Final[dict[str, tuple[Promise, str]]] = {
    "mode": (
        _("这种救助方式不在此人类别允许的范围内；确有急迫危险或不能自己作主时，请勾选并说明。"),
        "mode",
    ),
    "legal_basis": (_("不是自愿受助，必须写明法律依据。"), "legal_basis"),
    "reason": (_("不是自愿受助，必须写明为什么。"), "mode_reason"),
    "finding": (
        _("成年人能自己作主又没有同意，不能带走；除非有急迫危险或不能自己作主，请勾选并说明。"),
        "has_agreed",
    ),
}


def _check_destination(contact: Contact, actor: Actor) -> None:
    if contact.outcome not in outcomes.TAKEN_OVER:
        return
    kinds = {
        outcomes.STATION: ("station",),
        outcomes.HOSPITAL: ("hospital",),
        outcomes.POLICE: ("police",),
    }[contact.outcome]
    found = Organisation.objects.filter(code=contact.to_org, kind__in=kinds, is_active=True).first()
    if found is None:
        raise EncounterRefused(_("请选择交给哪个单位。"), field="to_org")


def _check_refusal(
    contact: Contact, judgement: Judgement, at: datetime, photo_count: int
) -> tuple[datetime | None, list[EncounterRefused]]:
    """When the team comes again, and what the refusal still lacks."""
    if contact.outcome != outcomes.REFUSED:
        return contact.revisit_at, []
    latest = refusals.latest_revisit(contact.happened_at, judgement.revisit_days)
    # Written down late: the next visit is still due in time from now on.
    latest = max(latest, at + timedelta(hours=1))
    facts = refusals.RefusalFacts(
        is_informed=contact.is_informed,
        reason=contact.refusal_reason,
        has_card=contact.has_card,
        card_reason=contact.card_reason,
        evidence=contact.evidence or (refusals.EVIDENCE_TAKEN if photo_count else ""),
        evidence_reason=contact.evidence_reason,
        has_photo=photo_count > 0,
        revisit_at=contact.revisit_at or latest,
    )
    days = {"days": f"{judgement.revisit_days:g}"}
    missing = [REFUSAL_WORDS[code] for code in refusals.gaps(facts, latest=latest, at=at)]
    return facts.revisit_at, [
        EncounterRefused(words % days, field=field) for words, field in missing
    ]


REFUSAL_WORDS: Final[dict[str, tuple[Promise, str]]] = {
    "informed": (_("拒绝救助也要告知：说明可以随时求助、怎么求助，然后勾选。"), "is_informed"),
    "reason": (_("请写下他为什么不愿意。"), "refusal_reason"),
    "card": (_("请留下求助联系卡；没留的话写明原因。"), "has_card"),
    "evidence": (_("请拍下劝导现场，照片或短视频都行；不能拍的话写明原因。"), "evidence"),
    "revisit": (_("请定下次看望的时间，最晚在%(days)s天以内。"), "revisit_at"),
}


def _goods_of(contact: Contact, judgement: Judgement) -> tuple[kits.Given, ...]:
    is_owed = contact.outcome in (outcomes.REFUSED, outcomes.GOODS)
    return kits.lines(judgement.kit, contact.handed, contact.missing_reason, is_kit_owed=is_owed)


def _goods_gaps(given: tuple[kits.Given, ...]) -> list[EncounterRefused]:
    missing = kits.unexplained(given)
    if not missing:
        return []
    language = get_language() or ""
    names = gettext("、").join(item.said_in(language) for item in missing)
    words = _("方案要给的物资还缺：%(names)s。请发放，或写明为什么没给。") % {"names": names}
    return [EncounterRefused(words, field="missing_reason")]
