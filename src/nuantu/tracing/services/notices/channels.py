"""The administrator's part of the list of channels."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.tracing.models import ChannelForm, NoticeChannel
from nuantu.tracing.selectors.channels import Channel
from nuantu.tracing.services.notices.holding import NoticeRefused

CHANNEL = "notice_channel"


def add_channel(
    *, actor: Actor, at: datetime, code: str, name: str, name_en: str, form: str
) -> NoticeChannel:
    """Add a channel for every station of the installation. Raises NoticeRefused for a code that is there."""
    if form not in ChannelForm.values or form == ChannelForm.OWN:
        raise NoticeRefused(_("请选渠道形式。"), field="form")
    row = NoticeChannel(
        division_code=actor.division_code,
        owner_org=actor.org_code,
        recorded_at=at,
        code=code,
        name=name.strip(),
        name_en=name_en.strip(),
        form=form,
        entered_by=actor.name,
    )
    try:
        with together():
            with attempt():
                row.save()
            _note(row, actor, at, "add", f"加公告渠道：{row.name}")
    except IntegrityError as error:
        raise NoticeRefused(_("已经有这个代码的渠道。"), field="code") from error
    return row


def open_or_close_channel(
    *, actor: Actor, at: datetime, channel: Channel, is_closed: bool
) -> NoticeChannel:
    """Close a channel, or open it again: closed, nothing new is sent there; what stands there is taken down
    all the same."""
    with together():
        row, _is_new = NoticeChannel.objects.get_or_create(
            code=channel.code,
            defaults={
                "division_code": actor.division_code,
                "owner_org": actor.org_code,
                "recorded_at": at,
                "name": channel.name_zh,
                "name_en": channel.name_en,
                "form": channel.form,
                "entered_by": actor.name,
            },
        )
        row.is_closed = is_closed
        row.save()
        word = "停用" if is_closed else "重新启用"
        _note(row, actor, at, "close" if is_closed else "open", f"{word}公告渠道：{row.name}")
    return row


def _note(row: NoticeChannel, actor: Actor, at: datetime, deed: str, summary: str) -> None:
    journal.record(
        verb=f"tracing.channel.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(CHANNEL, row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=summary,
        changes={"code": row.code, "name_en": row.name_en},
    )
