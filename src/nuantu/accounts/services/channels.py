"""Telling duty groups: channels, queued messages, delivery."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import apprise
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Delivery, NotificationChannel, Organisation
from nuantu.accounts.rules.messages import EVENTS, short, signature, text, webhook_body
from nuantu.accounts.rules.networks import is_inward
from nuantu.accounts.services import outward
from nuantu.core import clock, journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.core.subjects import Subject

MOST_TRIES = 8
SECONDS = 10
LOST_AFTER = timedelta(hours=2)
# Apprise's plain HTTP calls are what a signed webhook is for; theirs would follow redirects.
PLAIN_HTTP = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})


class ChannelRefused(Refusal):
    """The address cannot be used for this kind of channel, or no event was chosen."""


class NotDelivered(Exception):
    """The other side did not take the message; the job tries again."""


def add_channel(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    name: str,
    kind: str,
    address: str,
    events: list[str],
) -> tuple[NotificationChannel, str]:
    """Add a channel for a duty group; returns it and, for a webhook, the signing secret shown once."""
    if not events or set(events) - set(EVENTS):
        raise ChannelRefused(_("请至少选一个事件。"), field="events")
    is_webhook = kind == NotificationChannel.Kind.WEBHOOK
    if is_webhook and not address.startswith(("https://", "http://")):
        raise ChannelRefused(_("回调地址应以 https:// 开头。"), field="address")
    host = _host(address) if is_webhook else _apprise_host(address)
    if host is not None and is_inward(host, settings.NUANTU_WEBHOOK_NETWORKS):
        raise ChannelRefused(
            _("这个地址在内网或本机，默认不发送。确需使用，请管理员在 %(name)s 里写明网段。")
            % {"name": "NUANTU_WEBHOOK_NETWORKS"},
            field="address",
        )
    secret = secrets.token_urlsafe(24) if kind == NotificationChannel.Kind.WEBHOOK else ""
    with transaction.atomic():
        channel = NotificationChannel.objects.create(
            organisation=organisation,
            name=name,
            kind=kind,
            address=address,
            secret=secret,
            events=events,
            made_at=at,
        )
        _note(actor, at, channel, "accounts.channel.add", f"新增通知渠道 {name}")
    return channel, secret


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _apprise_host(address: str) -> str | None:
    """The host that an Apprise address names; None where the service has its own fixed one."""
    service = apprise.Apprise.instantiate(address)
    if service is None:
        raise ChannelRefused(_("这个通知地址不能识别，请按 Apprise 的格式填写。"), field="address")
    if address.partition("://")[0].lower() in PLAIN_HTTP:
        raise ChannelRefused(_("这种地址请改用“网络回调（签名）”。"), field="address")
    return str(service.host) if "host" in service.template_tokens else None


def end_channel(*, actor: Actor, at: datetime, channel: NotificationChannel) -> None:
    """Stop a channel; what waits for it is not sent any more."""
    with transaction.atomic():
        if NotificationChannel.objects.filter(pk=channel.pk, ended_at=None).update(ended_at=at):
            _note(actor, at, channel, "accounts.channel.end", f"停用通知渠道 {channel.name}")


def notify(*, org_code: str, event: str, subject_id: UUID, path: str, at: datetime) -> int:
    """Queue a message for each channel of the organisation that wants the event; how many.

    The same event about the same thing is told once per channel, however often this runs.
    """
    channels = NotificationChannel.objects.filter(
        organisation_id=org_code, ended_at=None, events__contains=[event]
    )
    count = 0
    for channel in channels:
        delivery, is_new = Delivery.objects.get_or_create(
            channel=channel,
            event=event,
            reference=short(str(subject_id)),
            defaults={"path": path, "made_at": at},
        )
        if is_new:
            defer("accounts.deliver", delivery=str(delivery.public_id))
            count += 1
    return count


def send(*, delivery: Delivery, base_url: str) -> None:
    """Send one message. Raises NotDelivered; after eight tries it rests on the list of failures."""
    if delivery.state != Delivery.State.WAITING or delivery.channel.ended_at:
        return
    delivery.tries += 1
    try:
        _send(delivery, base_url)
    except (outward.InwardAddress, OSError, ChannelRefused, NotDelivered) as error:
        is_told = isinstance(error, NotDelivered | outward.InwardAddress)
        delivery.error = str(error)[:200] if is_told else type(error).__name__
        if delivery.tries >= MOST_TRIES:
            delivery.state = Delivery.State.FAILED
        delivery.save(update_fields=["tries", "error", "state"])
        if delivery.state == Delivery.State.WAITING:
            raise NotDelivered(delivery.error) from error
        return
    delivery.state, delivery.error, delivery.sent_at = Delivery.State.SENT, "", clock.now()
    delivery.save(update_fields=["tries", "error", "state", "sent_at"])


def sweep_waiting(*, at: datetime) -> int:
    """Ask again for messages whose job was lost; how many. What waits for a stopped channel failed.

    All tries of a message are over long before `LOST_AFTER`; told twice it is sent once.
    """
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, made_at__lt=at - LOST_AFTER)
    waiting.exclude(channel__ended_at=None).update(state=Delivery.State.FAILED, error="ended")
    lost = list(waiting.filter(channel__ended_at=None).values_list("public_id", flat=True)[:200])
    for public_id in lost:
        defer("accounts.deliver", delivery=str(public_id))
    return len(lost)


def _send(delivery: Delivery, base_url: str) -> None:
    channel = delivery.channel
    link = f"{base_url}{delivery.path}"
    address = channel.address.open()
    if channel.kind == NotificationChannel.Kind.APPRISE:
        title, body = text(delivery.event, delivery.reference, link)
        host = _apprise_host(address)
        if host is not None:
            outward.addresses_of(host, 443)
        if not apprise.Apprise(address).notify(title=title, body=body):
            raise NotDelivered("not taken")
        return
    stamp = str(int(clock.now().timestamp()))
    payload = webhook_body(delivery.event, delivery.reference, link, delivery.made_at.isoformat())
    answer = outward.post(
        address,
        data=payload,
        headers={
            "Content-Type": "application/json",
            "X-Nuantu-Timestamp": stamp,
            "X-Nuantu-Signature": signature(channel.secret.open(), stamp, payload),
            "X-Nuantu-Delivery": str(delivery.public_id),
        },
        seconds=SECONDS,
    )
    if not 200 <= answer.status_code < 300:  # no redirect is followed: nobody has it
        raise NotDelivered(f"HTTP {answer.status_code}")


def _note(
    actor: Actor, at: datetime, channel: NotificationChannel, verb: str, summary: str
) -> None:
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("channel", channel.public_id)],
        division_code=channel.organisation.division_id,
        owner_org=channel.organisation_id,
        summary=summary,
        changes={"kind": channel.kind, "events": channel.events},
    )
