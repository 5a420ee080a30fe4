"""Where a place stands: told in any datum, checked, converted, kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.places.models import Hospital, KeyLocation, Place, ReliefPoint, Station
from nuantu.places.rules.points import State
from nuantu.places.selectors import PointCheck, check_point

KINDS: dict[type[Place], str] = {
    KeyLocation: "key_location",
    Station: "station",
    Hospital: "hospital",
    ReliefPoint: "relief_point",
}


class PointRefused(Refusal):
    """A coordinate that cannot be right; the sentence says what to mend."""


class PointDoubtful(Refusal):
    """A coordinate to ask about; `check` carries the sentence and maybe a better point."""

    def __init__(self, check: PointCheck) -> None:
        super().__init__(check.message, field="lat")
        self.check = check


class DivisionUnknown(Refusal):
    """A division code that is in no table, or was abolished."""


class CountyChanged(Refusal):
    """Rows stay in the county they were entered in; another county enters its own."""


class AlreadyClosed(Refusal):
    """A place that is history is not changed."""


class ReasonMissing(Refusal):
    """Somebody will ask why."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a form tells it: what it is called, where, in which datum, and in which division.

    `is_confirmed`: the asker has seen the doubt about the coordinate and says it is right.
    """

    name: str
    division_code: str
    lat: float
    lon: float
    address: str = ""
    datum: str = "wgs84"
    is_approximate: bool = False
    is_confirmed: bool = False


def spot_fields(spot: Spot) -> dict[str, Any]:
    """The columns of a spot, in WGS-84. Raises PointRefused, PointDoubtful, DivisionUnknown."""
    code = spot.division_code.ljust(12, "0")
    division = Division.objects.filter(code=code).first()
    if division is None:
        raise DivisionUnknown(_("没有这个区划代码，请重新选择。"), field="division_code")
    if division.valid_to is not None:
        raise DivisionUnknown(
            _("%(name)s 的区划代码已于 %(day)s 撤销，请选择现行区划。")
            % {"name": division.name, "day": division.valid_to},
            field="division_code",
        )
    check = check_point(spot.lat, spot.lon, code, datum=spot.datum)
    if check.state == State.REFUSED:
        raise PointRefused(check.message, field="lat")
    if check.state == State.ASK and not spot.is_confirmed:
        raise PointDoubtful(check)
    return {
        "name": spot.name.strip(),
        "division_code": code,
        "lat": round(check.point.lat, 6),
        "lon": round(check.point.lon, 6),
        "address": spot.address.strip(),
        "datum": spot.datum,
        "is_approximate": spot.is_approximate,
    }


def apply(place: Place, columns: dict[str, Any]) -> dict[str, Any]:
    """Set the columns and answer what changed, as before and after.

    Raises AlreadyClosed, and CountyChanged where the new town lies in another county.
    """
    if place.is_closed:
        raise AlreadyClosed(_("这个地点已停用，不能再改。"))
    if columns.get("division_code", place.division_code)[:6] != place.division_code[:6]:
        raise CountyChanged(
            _("不能改到别的县。请停用这一处，在那个县重新登记。"), field="division_code"
        )
    changes = {
        name: {"before": getattr(place, name), "after": value}
        for name, value in columns.items()
        if getattr(place, name) != value
    }
    for name, value in columns.items():
        setattr(place, name, value)
    return changes


def record(
    place: Place,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: dict[str, Any] | None = None,
    basis: str = "",
) -> None:
    """One journal line about a place, and a hint to open pages."""
    kind = KINDS[type(place)]
    journal.record(
        verb=f"places.{kind}.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(kind, place.public_id)],
        division_code=place.division_code,
        owner_org=place.owner_org,
        summary=summary,
        changes=changes,
        basis=basis,
    )
    live.hint("places", place.division_code, place.owner_org)


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(_("请写明原因。"), field="reason")
    return reason.strip()[:200]
