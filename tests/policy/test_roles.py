"""Every address and every member of the cast: who gets in, who is refused, who finds nothing.

Whoever lacks the permission that the guard of a view asks for is refused by the guard, whoever he is: at each
address one of them knocks, by turns, and of the others the matrix says that they lack it.
Whoever is refused in spite of it, finds nothing, or gets in knocks himself, at every address.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from html import unescape
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve, reverse
from tools.reference_pages.interface import all_addresses

from nuantu.accounts.services import issue_token
from nuantu.config.middleware import MARK
from nuantu.core import clock
from nuantu.ui import kept
from tests.cast import MEMBERS, Cast, Player
from tests.policy.roles import Row, all_rows, expected, tables

# Documentation of the interface itself; whether it is shown is a setting, not a role.
INTERFACE = {
    f"{space}:{name}"
    for space in ("api", "open311")
    for name in ("openapi-json", "openapi-view", "api-root")
}
# The packages whose links are followed.
FOLLOWED = ("encounters:", "operations:", "patrols:")
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')


@cache
def _permissions() -> dict[str, str | None]:
    """The permission that the guard of each page asks for; the same that it refuses by (`core.http`)."""
    return {address.name: address.permission for address in all_addresses() if not address.is_api}


def _names() -> list[str]:
    found = [address.name for address in all_addresses()]
    assert len(found) > 20
    return found


def test_every_address_has_its_line() -> None:
    """A new page without a line fails here; write it in tests/<package>/roles.py."""
    known = set(all_rows())
    names = set(_names()) - INTERFACE
    assert not names - known, f"no line in tests/<package>/roles.py: {sorted(names - known)}"
    assert not known - names, f"no such address: {sorted(known - names)}"


def test_every_address_has_a_name_of_its_own() -> None:
    names = _names()
    assert all(name and not name.endswith(":") for name in names)
    assert len(names) == len(set(names))


class Door:
    """Lets the cast knock: each signs in once, and whatever a request did is undone."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._clients: dict[tuple[str, bool], Client] = {}
        self._followed: set[tuple[str, str, str]] = set()
        self._turns: Counter[str] = Counter()

    def _client(self, key: str, row: Row) -> Client:
        """The browser or the program of a member, signed in when it is first needed."""
        known = (key, row.is_program)
        if known not in self._clients:
            player = self.cast[key]
            client = self._program(player) if row.is_program else self._browser(player)
            self._clients[known] = self._opened(client)
        return self._clients[known]

    def knocking(self, name: str, line: dict[str, frozenset[int]]) -> list[str]:
        """Who knocks: one of those without an account, one of those whom the guard refuses, all others."""
        permission = _permissions().get(name)
        without_account = {key for key in line if self.cast[key].user is None}
        assert len({line[key] for key in without_account}) == 1
        shut = {
            key
            for key in line.keys() - without_account
            if permission and line[key] == {403} and not self.cast[key].actor.may(permission)
        }
        asked = self._turn(without_account) | self._turn(shut)
        return [key for key in line if key in asked or key not in without_account | shut]

    def _turn(self, keys: Iterable[str]) -> set[str]:
        """Whoever of them had the fewest turns."""
        for key in sorted(keys, key=lambda key: (self._turns[key], key))[:1]:
            self._turns[key] += 1
            return {key}
        return set()

    @staticmethod
    def _opened(browser: Client) -> Client:
        browser.raise_request_exception = False
        return browser

    @staticmethod
    def _browser(player: Player) -> Client:
        """Signed in and used a moment ago, so that no request has that to note."""
        client = player.browser()
        if player.user is not None:
            session = client.session
            session["seen_at"] = clock.now().isoformat()
            session[MARK] = kept.mark_of(player.user.public_id)
            session.save()
        return client

    @staticmethod
    def _program(player: Player) -> Client:
        if player.user is None:
            return Client()
        token = issue_token(actor=player.actor, at=clock.now(), name="table", user=player.user)
        return Client(headers={"Authorization": f"Bearer {token}"})

    def knock(self, key: str, row: Row, url: str) -> int:
        """The status that this member of the cast gets."""
        return self._answer(key, row, url)[0]

    def _answer(
        self, key: str, row: Row, url: str, *, right: set[int] | None = None
    ) -> tuple[int, str]:
        """The status, and the page where it is one; who is to be refused asks for a part of a page,
        so that a refusal is a line and no page is drawn around it."""
        browser = self._client(key, row)
        part = {"HX-Request": "true"} if right and right <= {403, 404} else {}
        cookies = copy.copy(browser.cookies)
        with transaction.atomic():
            if row.method == "get":
                answer = browser.get(url, headers=part)
            elif row.is_program:
                answer = browser.post(url, row.data, content_type="application/json", headers=part)
            else:
                answer = browser.post(url, row.data, headers=part)
            content = answer.getvalue()
            transaction.set_rollback(True)
        browser.cookies = cookies
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        return int(answer.status_code), content.decode() if is_page else ""

    def faults(self, name: str, row: Row) -> list[str]:
        """Everybody who is not answered as the table says."""
        line = expected(row)
        knocking = self.knocking(name, line)
        for key in knocking:
            self._client(key, row)
        with transaction.atomic():
            url = row.at(self.cast) if row.at else reverse(name)
            found = []
            for key in knocking:
                right = line[key]
                status, html = self._answer(key, row, url, right=set(right))
                if status not in right:
                    found.append(f"{name} {key}: {status}, not {sorted(right)}")
                if status == 200 and row.method == "get" and name.startswith(FOLLOWED):
                    found += self._shut(name, key, url, html)
            transaction.set_rollback(True)
        return found

    def _shut(self, name: str, key: str, url: str, html: str) -> list[str]:
        """The links of a page behind which its reader is refused, each kind of link once a page."""
        found = []
        for link in sorted({urljoin(url, unescape(one)) for one in LINK.findall(html)}):
            path = link.partition("#")[0]
            if not path.startswith("/") or path.startswith(("//", settings.STATIC_URL)):
                continue
            to = resolve(path.partition("?")[0]).view_name
            if to in INTERFACE or (key, name, to) in self._followed:
                continue
            self._followed.add((key, name, to))
            row = all_rows()[to]
            is_known = row.at is None and "?" not in path
            status = min(expected(row)[key]) if is_known else self.knock(key, Row("staff"), path)
            if status >= 400:
                found.append(f"{name} {key}: {status} behind its link {link}")
        return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("package", sorted(tables()))
def test_who_may_enter(package: str, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Each page answers as its line says; no page shows a link to who may not follow it."""
    caplog.set_level("CRITICAL", logger="django.request")
    door = Door(cast)
    faults = [fault for name, row in tables()[package].items() for fault in door.faults(name, row)]
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_the_table_can_refuse(cast: Cast) -> None:
    """The strongest outsider and nobody at all are refused somewhere: the table is not all open."""
    refused = dict.fromkeys(MEMBERS, 0)
    for row in all_rows().values():
        for key, right in expected(row).items():
            refused[key] += (200 not in right and 302 not in right) or right == frozenset(
                {302, 401}
            )
    door = Door(cast)
    turned_away = Counter(
        key
        for name, row in all_rows().items()
        for key in door.knocking(name, expected(row))
        if expected(row)[key] == {403}
    )
    assert all(turned_away[player.key] for player in cast.staff), turned_away
    assert refused["nobody"] > 5
    assert refused["outsider"] > 2
    assert connection.vendor == "postgresql"
    assert door.knock("outsider", Row("staff"), f"/users/{uuid4()}/state/") == 403
