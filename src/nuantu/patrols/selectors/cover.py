"""Hours in which nobody stands on a roster, towns without a team, towns without one of their own."""

from datetime import datetime

from django.db.models import Count, Q

from nuantu.accounts.models import Division
from nuantu.core import scope
from nuantu.operations.models import Shift, Team, WatchShift
from nuantu.operations.rules.places import county_of
from nuantu.operations.rules.roster import Gap, Watch, gaps
from nuantu.operations.selectors import rules_at
from nuantu.patrols.rules.asking import prefix_of

ON = "on"
WHO = "hours in which nobody is on duty name nobody"


def hours_without(county: str, begins: datetime, ends: datetime) -> list[Gap]:
    """The stretches in which neither a patrol shift nor anybody on watch stands on a roster of the
    county. Two queries."""
    with scope.system(WHO):
        shifts = Shift.objects.filter(
            team__in=Team.objects.filter(_of(county)), starts_at__lt=ends, ends_at__gt=begins
        ).values_list("starts_at", "ends_at")
        watches = WatchShift.objects.filter(
            organisation__division__code__startswith=county_of(county)[:6],
            cancelled_at=None,
            starts_at__lt=ends,
            ends_at__gt=begins,
        ).values_list("starts_at", "ends_at")
        held = [Watch(ON, "", *span) for span in dict.fromkeys([*shifts, *watches])]
    return gaps(held, post=ON, count=1, begins=begins, ends=ends)


def towns_without_team(county: str) -> list[Division]:
    """The towns that lie in the area of no active team."""
    with scope.system(WHO):
        codes = Team.objects.filter(_of(county)).values_list("division_id", flat=True)
        areas = tuple({prefix_of(code) for code in codes})
    return [town for town in towns_of(county) if not areas or not town.code.startswith(areas)]


def towns_without_own_team(county: str, at: datetime) -> list[Division]:
    """The towns and parks without a team that answers for them alone, of `patrol.own_team` people or
    more (S1-03)."""
    least = rules_at(county, at).need("patrol.own_team").number
    with scope.system(WHO):
        own = Team.objects.filter(
            is_active=True, division__code__startswith=county_of(county)[:6]
        ).annotate(people=Count("members"))
        manned = {code[:9] for code, n in own.values_list("division_id", "people") if n >= least}
    return [town for town in towns_of(county) if town.code[:9] not in manned]


def towns_of(county: str) -> list[Division]:
    """The towns, sub-districts and parks of a county in force."""
    rows = Division.objects.filter(
        code__startswith=county_of(county)[:6], level="town", valid_to=None
    )
    return list(rows.order_by("code"))


def _of(county: str) -> Q:
    """The active teams that answer for places of a county: its own and those above it."""
    code = county_of(county)
    above = [code[:length].ljust(12, "0") for length in (2, 4)]
    inside = Q(division__code__startswith=code[:6]) | Q(division_id__in=above)
    return Q(is_active=True) & inside
