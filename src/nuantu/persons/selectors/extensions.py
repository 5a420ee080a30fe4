"""What upper packages add to the pages of people without being known here.

Registered once from `apps.ready()`; a second registration under the same key replaces.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nuantu.core.actors import Actor
from nuantu.persons.models import Case, Person, PersonClass

Finder = Callable[[Actor, str], set[UUID]]
Obstacle = Callable[[Case, datetime], str]
Holder = Callable[[PersonClass], str]


class Follower(Protocol):
    """What follows from classes that somebody was given."""

    def __call__(
        self, *, actor: Actor, at: datetime, case: Case, codes: Collection[str]
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Action:
    """A button on the page of a person; `url` gives nothing where it does not apply."""

    key: str
    label: object
    permission: str
    url: Callable[[Actor, Person, Case | None], str]
    icon: str = ""


_actions: dict[str, Action] = {}
_finders: dict[str, Finder] = {}
_obstacles: dict[str, Obstacle] = {}
_holders: dict[str, Holder] = {}
_followers: dict[str, Follower] = {}


def register_action(action: Action) -> None:
    """Put a button on the page of a person."""
    _actions[action.key] = action


def register_finder(key: str, finder: Finder) -> None:
    """Let people be found by something only an upper package knows: text to case ids."""
    _finders[key] = finder


def register_obstacle(key: str, obstacle: Obstacle) -> None:
    """Let an upper package object to the closing of a case: the reason, or nothing."""
    _obstacles[key] = obstacle


def register_class_holder(key: str, holder: Holder) -> None:
    """Let an upper package hold a class that something of its own says too: the reason, or nothing."""
    _holders[key] = holder


def register_class_follower(key: str, follower: Follower) -> None:
    """Let an upper package do what follows from classes that were given, in the same transaction."""
    _followers[key] = follower


@dataclass(frozen=True, slots=True)
class Button:
    """An action as it stands on one page."""

    key: str
    label: str
    url: str
    icon: str


def buttons(actor: Actor, person: Person, case: Case | None) -> list[Button]:
    """The actions this actor may take here."""
    found = []
    for action in _actions.values():
        url = action.url(actor, person, case) if actor.may(action.permission) else ""
        if url:
            found.append(Button(action.key, str(action.label), url, action.icon))
    return found


def cases_found(actor: Actor, text: str) -> set[UUID]:
    """Cases that a receipt code, a tip number or the like leads to."""
    return set().union(*(finder(actor, text) for finder in _finders.values()))


def objections(case: Case, at: datetime) -> list[str]:
    """Why a case cannot be closed yet, in words."""
    return [text for text in (object_to(case, at) for object_to in _obstacles.values()) if text]


def held_by(given: PersonClass) -> list[str]:
    """Why a class cannot be taken back yet, in words."""
    return [text for text in (hold(given) for hold in _holders.values()) if text]


def follow_classes(actor: Actor, at: datetime, case: Case, codes: Collection[str]) -> None:
    """Tell upper packages which classes somebody has just been given."""
    for follow in _followers.values():
        follow(actor=actor, at=at, case=case, codes=codes)
