"""The store of wristbands, and the gateways that forward for them."""

import hashlib
import secrets
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.fields import keyed_hash
from nuantu.core.sentences import stored
from nuantu.homeward.models import Gateway, Stock, Wristband
from nuantu.homeward.rules.fixes import FixFault, device_of
from nuantu.homeward.services.lines import HomewardRefused, note

BAND_TOKEN, GATEWAY_TOKEN = "nb_", "ng_"
MOVES: Final = {
    Stock.IN_STORE: (Stock.BROKEN, Stock.LOST),
    Stock.RETURNED: (Stock.IN_STORE, Stock.BROKEN, Stock.LOST),
    Stock.LOST: (Stock.IN_STORE, Stock.BROKEN),
    Stock.BROKEN: (Stock.IN_STORE,),
}


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_wristband(
    *, actor: Actor, at: datetime, number: str, device: str, made: str = ""
) -> tuple[Wristband, str]:
    """Put a wristband into the store; it and the token with which it tells fixes by itself, shown once.

    Raises HomewardRefused for a number or a device that is there already.
    """
    number = number.strip()[:24]
    if not number:
        raise HomewardRefused(_("请写手环编号。"), field="number")
    try:
        device = device_of(device)
    except FixFault as fault:
        raise HomewardRefused(
            _("请写设备号（IMEI 或平台里的设备号），最长64个字符。"), field="device"
        ) from fault
    token = f"{BAND_TOKEN}{secrets.token_urlsafe(24)}"
    try:
        with transaction.atomic():
            band = Wristband.objects.create(
                number=number,
                made=made.strip()[:60],
                id_hash=keyed_hash(device),
                token_hash=token_hash(token),
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
            )
            note(band, "wristband.add", actor=actor, at=at, summary=f"手环入库 {number}")
    except IntegrityError as error:
        if "homeward_wristband_number_once" in str(error):
            raise HomewardRefused(_("这个手环编号已经有了。"), field="number") from error
        if "id_hash" in str(error):
            raise HomewardRefused(_("这个设备号不能登记，请核对。"), field="device") from error
        raise
    return band, token


def renew_token(*, actor: Actor, at: datetime, band: Wristband) -> str:
    """Give a wristband a new token; the one before ends at once."""
    token = f"{BAND_TOKEN}{secrets.token_urlsafe(24)}"
    with transaction.atomic():
        Wristband.objects.filter(pk=band.pk).update(token_hash=token_hash(token))
        note(band, "wristband.token", actor=actor, at=at, summary=f"手环 {band.number} 换新令牌")
    return token


def set_stock(*, actor: Actor, at: datetime, band: Wristband, state: str, reason: str = "") -> None:
    """Say that a wristband is back in the store, lost or broken. Raises HomewardRefused while somebody wears it."""
    wanted = Stock(state) if state in Stock.values else None
    with transaction.atomic():
        held = Wristband.objects.select_for_update().get(pk=band.pk)
        if wanted not in MOVES.get(Stock(held.state), ()):
            raise HomewardRefused(_("手环现在不能改成这个状态；佩戴中的先办归还。"), field="state")
        held.state, held.note = wanted, reason.strip()[:200]
        held.save(update_fields=["state", "note"])
        said = stored(wanted.label)
        note(
            held,
            "wristband.stock",
            actor=actor,
            at=at,
            summary=f"手环 {held.number}：{said}",
            changes={"state": wanted, **({"reason": reason.strip()} if reason.strip() else {})},
        )


def add_gateway(*, actor: Actor, at: datetime, name: str) -> tuple[Gateway, str]:
    """Let a gateway forward for this organisation's wristbands; it and its token, shown once. Raises HomewardRefused."""
    name = name.strip()[:60]
    if not name:
        raise HomewardRefused(_("请写网关名称。"), field="name")
    token = f"{GATEWAY_TOKEN}{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        gateway = Gateway.objects.create(
            name=name,
            token_hash=token_hash(token),
            made_by=actor.name,
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
        )
        note(gateway, "gateway.add", actor=actor, at=at, summary=f"接入手环网关 {name}")
    return gateway, token


def revoke_gateway(*, actor: Actor, at: datetime, gateway: Gateway) -> None:
    """End a gateway at once; ending an ended one changes nothing."""
    with transaction.atomic():
        if Gateway.objects.filter(pk=gateway.pk, revoked_at=None).update(revoked_at=at):
            note(
                gateway,
                "gateway.revoke",
                actor=actor,
                at=at,
                summary=f"停用手环网关 {gateway.name}",
            )
