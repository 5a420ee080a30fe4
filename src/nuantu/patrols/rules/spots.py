"""Points of a week that are no key location: somebody must go there once."""

from collections.abc import Iterable
from dataclasses import replace

from nuantu.patrols.rules.replanning import Happening
from nuantu.routing.problem import Location, Problem


def with_spots(problem: Problem, events: Iterable[Happening]) -> Problem:
    """The problem with the points that urgent visits asked for, as places that are promised nothing.

    Only the teams that an event names may go to its point.
    """
    fresh = [event for event in events if event.is_spot and event.place not in problem.by_id]
    if not fresh:
        return problem
    teams = tuple(
        replace(team, skills=(*team.skills, *(e.place for e in fresh if team.id in e.teams)))
        for team in problem.team_by_id.values()
    )
    places = (*problem.locations, *map(_location, fresh))
    return replace(problem, locations=places, teams=teams)


def once_more(problem: Problem, event: Happening, spot_id: str, name: str) -> Happening:
    """An urgent visit of a place where somebody was tonight, as one at a point of its own: routes and
    runs hold a place once. Teams that bring what the place needs may go."""
    place = problem.by_id[event.place]
    able = (team for team in problem.team_by_id.values() if set(place.needs) <= set(team.skills))
    return replace(
        event,
        place=spot_id,
        name=name,
        lat=place.y,
        lon=place.x,
        service_min=place.service_min,
        teams=tuple(team.id for team in able),
    )


def spots_in(problem: Problem) -> frozenset[str]:
    """The points that urgent visits asked for: what they need is themselves."""
    return frozenset(place.id for place in problem.locations if place.id in place.needs)


def _location(event: Happening) -> Location:
    return Location(
        id=event.place,
        x=event.lon or 0.0,
        y=event.lat or 0.0,
        on_globe=True,
        service_min=event.service_min,
        visits_per_week=0,
        min_gap_nights=1,
        rates=(0.0,),
        needs=(event.place,),
    )
