"""A cupboard, an incident, a camera and a hold for the tests."""

from datetime import timedelta

from nuantu.core import clock, scope
from nuantu.stays.models import Camera, CupboardItem, StationIncident, VideoHold
from nuantu.stays.services.safety import cupboard, incidents, video
from tests.cast import Cast


def an_item(cast: Cast) -> CupboardItem:
    """Ten packs of a drug in the cupboard."""
    actor, at = cast.medic.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        row = cupboard.add_item(
            actor=actor, at=at, kind="drug", name="布洛芬", unit="盒", kept_in="药品柜一层"
        )
        return cupboard.move_item(
            actor=actor, at=at, item=row, way="in", amount=10, reason="采购入库"
        )


def an_incident(cast: Cast) -> StationIncident:
    """A guard was pushed over; police came."""
    actor = cast.carer.actor
    told = incidents.Told(
        kind="assault",
        occurred_at=clock.now(),
        story="值班员被推倒，擦伤",
        place="一楼大厅",
        is_somebody_hurt=True,
        is_police_called=True,
    )
    with scope.enter(scope.of_actor(actor)):
        return incidents.record_incident(actor=actor, at=clock.now(), told=told)


def a_camera(cast: Cast) -> Camera:
    """The camera of the hall."""
    actor = cast.leader.actor
    with scope.enter(scope.of_actor(actor)):
        return video.set_camera(
            actor=actor, at=clock.now(), name="大厅", place="一楼大厅", keep_months=3
        )


def a_hold(cast: Cast) -> VideoHold:
    """Police ask for an hour of the hall."""
    camera, actor, at = a_camera(cast), cast.leader.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        return video.hold_video(
            actor=actor,
            at=at,
            camera=camera,
            from_at=at - timedelta(hours=2),
            until_at=at - timedelta(hours=1),
            reason="值班员被推倒",
            asked_by="凯里市公安局",
        )
