"""Looking at a wearer: who, when, and for which purpose the track."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Wearer
from nuantu.homeward.selectors import looks
from nuantu.homeward.services.lines import WEARER, HomewardRefused, note

READ_AGAIN_AFTER: Final = timedelta(minutes=10)


def note_read(*, actor: Actor, at: datetime, wearer: Wearer) -> None:
    """Write that the actor saw where somebody is, once in ten minutes."""
    if not looks.has_read_since(wearer, actor, at - READ_AGAIN_AFTER):
        note(wearer, "wearer.read", actor=actor, at=at, summary="查看手环当前位置")


def note_map(*, actor: Actor, at: datetime, wearers: Collection[UUID]) -> None:
    """Write whom the actor saw on the map, each once in ten minutes; one line for all of an organisation."""
    if not wearers:
        return
    seen = looks.seen_on_map_since(wearers, actor, at - READ_AGAIN_AFTER)
    shown = Wearer.objects.filter(public_id__in=set(wearers) - seen).order_by("pk")
    of: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for one, division, owner in shown.values_list("public_id", "division_code", "owner_org"):
        of[division, owner].append(one)
    for (division, owner), ids in of.items():
        journal.record(
            verb="homeward.map.read",
            actor=actor,
            at=at,
            subjects=[Subject(WEARER, one) for one in ids],
            division_code=division,
            owner_org=owner,
            summary=f"在地图上查看 {len(ids)} 人的手环位置",
            changes={"count": len(ids)},
        )


def note_paper(*, actor: Actor, at: datetime, wearer: Wearer) -> None:
    """Write that the actor opened a signed consent."""
    note(wearer, "consent.read", actor=actor, at=at, summary="查看书面同意的扫描件")


def reveal_track(*, actor: Actor, at: datetime, wearer: Wearer, purpose: str) -> None:
    """Open the track to the actor for ten minutes. Raises HomewardRefused without a purpose that can be read."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise HomewardRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    note(wearer, "wearer.reveal", actor=actor, at=at, summary="查看手环轨迹", basis=words)
