"""A tip comes in: validated, placed, given its limit, receipt and clock, in one transaction.

No request for help may be lost (P1-32): the same form sent twice is one tip, a place outside the
area is taken all the same, words that name no known place are taken as words.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope, throttle
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.fields import keyed_hash
from nuantu.core.ids import new_id, receipt_code, receipt_code_of
from nuantu.core.reference import steady
from nuantu.core.sentences import stored
from nuantu.dispatch.models import Notice, Tip
from nuantu.dispatch.rules import limits, words
from nuantu.dispatch.rules.reports import Report
from nuantu.dispatch.selectors.placing import Settled, first_receiver, settle, titles
from nuantu.dispatch.selectors.receipts import receipt_hash
from nuantu.dispatch.selectors.rulings import Rulings, rulings_at
from nuantu.dispatch.services.clocks import start_clock
from nuantu.dispatch.services.notices import notices_for
from nuantu.dispatch.services.ordering import owe_for_tip
from nuantu.dispatch.services.rows import subject_of, write_line
from nuantu.operations.services import offer_handover

# The same key, or the same key with the same content, which also gives the same receipt.
SENT_TWICE = ("dispatch_tip_sent_twice_is_one", "dispatch_tip_receipt_hash")
LONGEST_KEY = 200
SHORTEST_KEY = 8
OLDEST = timedelta(days=7)

# One address may be a whole village behind one mobile network: generous, and never a dead end,
# because the page then shows the numbers to call.
REPORTS_PER_WINDOW = 30
WINDOW_SECONDS = 600
LOOK_UPS_PER_MINUTE = 120
# Photos lie on the disk before their report is sent, so they are counted by themselves.
PHOTOS_PER_WINDOW = 60


class TipRefused(Refusal):
    """Something must be mended before the tip can be taken; what was typed is kept."""


class KeyReused(Refusal):
    """The idempotency key was used for another tip."""


class TooManyReports(Refusal):
    """Too many reports from one address; the page shows whom to call."""

    retry_seconds = WINDOW_SECONDS


@dataclass(frozen=True, slots=True)
class Taken:
    """A tip that was taken: the row, the receipt code (told once, kept nowhere), whether it is new,
    the question about its place that is still open, and to which station it was offered."""

    tip: Tip
    code: str
    is_new: bool
    question: str = ""
    handed_to: str = ""


def admit(*, address: str) -> None:
    """Count one report from an address without an account. Raises TooManyReports.

    The address is hashed before it is counted and never stored with a tip.
    """
    _count(f"tip:{keyed_hash(address)[:32]}", REPORTS_PER_WINDOW)


def admit_photo(*, address: str) -> None:
    """Count one photo from an address without an account. Raises TooManyReports."""
    _count(f"photo:{keyed_hash(address)[:32]}", PHOTOS_PER_WINDOW)


def _count(key: str, limit: int) -> None:
    if not throttle.allow(key, limit, WINDOW_SECONDS):
        raise TooManyReports(
            _(
                "这个网络刚才提交得太多。情况紧急请直接拨打 110、120 或救助热线；十分钟后可以再提交。"
            )
        )


def admit_look_up(*, address: str) -> None:
    """Count one look at a receipt from an address. Raises TooManyReports.

    Guessing codes is hopeless (49 bits); counting makes it slow too.
    """
    if not throttle.allow(f"look:{keyed_hash(address)[:32]}", LOOK_UPS_PER_MINUTE, 60):
        raise TooManyReports(_("查询太频繁，请一分钟后再试。"))


def take_tip(*, actor: Actor, at: datetime, report: Report) -> Taken:
    """Take a report in from anybody; the row belongs to whoever answers for the place.

    Raises TipRefused, PositionDoubtful, UnknownDivision (what to mend), KeyReused.
    """
    clean = _clean(report, at)
    with steady():
        settled = settle(clean, at=at)
        rulings = rulings_at(settled.spot.division_code, at)
    code, idempotency_hash = _codes(actor, clean)
    tip = _row(actor, at, clean, settled, rulings)
    tip.owner_org = first_receiver(actor, settled)
    tip.receipt_hash = receipt_hash(code)
    tip.idempotency_hash = idempotency_hash
    try:
        with scope.system("a tip is written for the organisation that answers for the place"):
            _write(actor, at, tip, settled, rulings)
    except IntegrityError as error:
        if tip.idempotency_hash is None or not any(name in str(error) for name in SENT_TWICE):
            raise
        return _taken_before(tip, code)
    handed_to = _hand_on(actor, at, tip, settled)
    return Taken(tip, code, True, settled.spot.question, handed_to)


def _hand_on(actor: Actor, at: datetime, tip: Tip, settled: Settled) -> str:
    """Offer a tip of another station's place to that station at once; its name, or nothing.

    The tip gets a case of its own, so that the offer opens exactly this tip to the receiver.
    """
    if tip.owner_org == settled.holder.code:
        return ""
    offer_handover(
        actor=actor,
        at=at,
        subject=subject_of(tip),
        case_id=tip.public_id,
        to_org=settled.holder.code,
        purpose="属地处置",
        note=f"{tip.place_text} {tip.seen_text}"[:500],
        division_code=tip.division_code,
    )
    return settled.holder.name


def _clean(report: Report, at: datetime) -> Report:
    """Tidy words, checked lengths and choices; raises TipRefused naming the field."""
    place, seen = words.one_line(report.place_text), words.tidy(report.seen_text)
    if len(place) > words.PLACE_LENGTH:
        raise _too_long(_("地点"), len(place), words.PLACE_LENGTH, "place_text")
    if len(seen) > words.SEEN_LENGTH:
        raise _too_long(_("看到的情况"), len(seen), words.SEEN_LENGTH, "seen_text")
    if not place and report.position:
        place = f"{report.position.lat:.5f}, {report.position.lon:.5f}"
    if not place:
        raise TipRefused(_("请写明在哪里：地址、附近的店铺或路口都可以。"), field="place_text")
    callback = words.phone_number(report.callback) if report.callback.strip() else ""
    if callback is None:
        raise TipRefused(_("这个电话号码不对：请填 5 到 15 位数字，或留空。"), field="callback")
    _check_choices(report)
    key = report.idempotency_key.strip()
    if key and not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise TipRefused(_("Idempotency-Key 应为 8 到 200 个字符。"), field="idempotency_key")
    happened = report.happened_at or at
    return replace(
        report,
        place_text=place,
        seen_text=seen,
        flags=tuple(flag for flag in Tip.Flag.values if flag in report.flags),
        callback=callback,
        reporter_name=words.one_line(report.reporter_name)[:60],
        happened_at=min(max(happened, at - OLDEST), at),
        idempotency_key=key,
    )


def _check_choices(report: Report) -> None:
    choices = (
        ("channel", report.channel, Tip.Channel.values, _("来源渠道不对。")),
        ("asked", report.asked, Tip.Asked.values, _("请从列出的回答中选择。")),
    )
    for field, value, allowed, message in choices:
        if value not in allowed:
            raise TipRefused(message, field=field)
    if unknown := set(report.flags) - set(Tip.Flag.values):
        raise TipRefused(
            _("没有这种紧急特征：%(names)s") % {"names": gettext("、").join(sorted(unknown))},
            field="flags",
        )
    if not 1 <= report.person_count <= 999:
        raise TipRefused(_("人数应在 1 到 999 之间。"), field="person_count")


def _too_long(what: object, length: int, limit: int, field: str) -> TipRefused:
    return TipRefused(
        _("%(what)s写了 %(length)s 个字，最多 %(limit)s 个字。内容已保留，请删短后再提交。")
        % {"what": what, "length": f"{length:,}", "limit": f"{limit:,}"},
        field=field,
    )


def _codes(actor: Actor, report: Report) -> tuple[str, str | None]:
    """The receipt code and the hash of the idempotency key.

    With a key the code follows from key and content, so a repetition finds it again although it is
    stored nowhere; without one it is drawn.
    """
    if not report.idempotency_key:
        return receipt_code(), None
    name = f"tip:{actor.public_id}:{report.idempotency_key}"
    return receipt_code_of(keyed_hash(f"receipt:{name}:{report.digest()}")), keyed_hash(name)


def _row(actor: Actor, at: datetime, report: Report, settled: Settled, rulings: Rulings) -> Tip:
    spot = settled.spot
    place_text, place_text_en = titles(report, settled)
    limit = limits.choose(settled.travel_minutes(rulings.travel), rulings.limits)
    return Tip(
        public_id=new_id(),
        division_code=spot.division_code,
        owner_org=settled.holder.code,
        recorded_at=at,
        content_digest=report.digest(),
        channel=report.channel,
        place_text=place_text,
        place_text_en=place_text_en,
        lat=spot.lat,
        lon=spot.lon,
        datum=spot.datum,
        position_source=spot.source,
        is_approximate=spot.is_approximate,
        position_doubt=spot.doubt,
        is_outside_area=settled.is_outside,
        seen_text=report.seen_text,
        urgent_flags=list(report.flags),
        person_count=report.person_count,
        asked=report.asked,
        callback=report.callback,
        callback_hash=keyed_hash(report.callback) if report.callback else "",
        reporter_name=report.reporter_name,
        received_at=at,
        happened_at=report.happened_at or at,
        received_by=actor.name,
        received_org=actor.org_code,
        changed_at=at,
        limit_minutes=limit.minutes,
        limit_distance=limit.distance,
        limit_travel_minutes=limit.travel_minutes,
        limit_far_minutes=limit.far_travel_minutes,
        limit_basis=limit.figure.basis,
        limit_rule=limit.figure.rule,
    )


def _write(actor: Actor, at: datetime, tip: Tip, settled: Settled, rulings: Rulings) -> None:
    if tip.owner_org != settled.holder.code:
        tip.case_id = tip.public_id
    start_clock(actor=actor, at=at, tip=tip, rulings=rulings)
    tip.save(force_insert=True)
    notices = notices_for(tip=tip, lines=rulings.lines, at=at)
    if notices:
        Notice.objects.bulk_create(notices)
    owe_for_tip(actor=actor, at=at, tip=tip)
    write_line(
        verb="dispatch.tip.take",
        actor=actor,
        at=at,
        tip=tip,
        summary=f"收到线索（{stored(tip.get_channel_display)}）：{tip.place_text}"
        + ("；不在本系统辖区，请联系当地" if settled.is_outside else ""),
        basis=tip.limit_basis,
        changes={
            "limit_minutes": tip.limit_minutes,
            "distance": tip.limit_distance,
            "flags": tip.urgent_flags,
        },
        happened_at=tip.happened_at,
    )
    events.announce("dispatch.tip_received", tip=str(tip.public_id))


def _taken_before(tip: Tip, code: str) -> Taken:
    """The tip that stands under the same key; another content under it is refused."""
    with scope.system("the same form was sent twice"):
        first = Tip.objects.get(idempotency_hash=tip.idempotency_hash)
    if first.content_digest != tip.content_digest:
        raise KeyReused(
            _("这个 Idempotency-Key 已用于另一条线索。新的线索请换一个。"), field="idempotency_key"
        )
    return Taken(first, code, False)
