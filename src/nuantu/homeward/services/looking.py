"""Looking at a wearer: who, when, and for which purpose the track."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.homeward.models import Wearer
from nuantu.homeward.selectors import looks
from nuantu.homeward.services.lines import HomewardRefused, note

READ_AGAIN_AFTER: Final = timedelta(minutes=10)


def note_read(*, actor: Actor, at: datetime, wearer: Wearer) -> None:
    """Write that the actor saw where somebody is, once in ten minutes."""
    if not looks.has_read_since(wearer, actor, at - READ_AGAIN_AFTER):
        note(wearer, "wearer.read", actor=actor, at=at, summary="查看手环当前位置")


def reveal_track(*, actor: Actor, at: datetime, wearer: Wearer, purpose: str) -> None:
    """Open the track to the actor for ten minutes. Raises HomewardRefused without a purpose that can be read."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise HomewardRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    note(wearer, "wearer.track", actor=actor, at=at, summary="查看手环轨迹", basis=words)
