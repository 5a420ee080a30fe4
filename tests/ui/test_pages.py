"""The frame of every page: theme, language, errors, navigation, and the checks of `audit`."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from nuantu.core.actors import PUBLIC, Actor
from nuantu.ui import nav
from tests.cast import Cast
from tests.ui.audit import faults

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PATTERNS = ("/patterns/", "/patterns/phone/", "/patterns/print/")


@pytest.mark.parametrize("url", PATTERNS)
def test_outsiders_do_not_find_the_patterns_of_a_live_system(url: str, settings: Settings) -> None:
    settings.NUANTU_MODE = "live"
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("url", PATTERNS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_patterns_hold_for_everybody(url: str, language: str, cast: Cast) -> None:
    page = cast.operator.browser(language).get(url)
    assert page.status_code == 200
    html = page.content.decode()
    # The pattern page shows the same form twice, right and wrong; real pages show it once.
    assert [fault for fault in faults(html) if "stands twice" not in fault] == []
    assert "<script>alert" not in html


def test_the_demo_says_that_it_is_a_demo(settings: Settings) -> None:
    settings.NUANTU_MODE = "demo"
    assert "演示系统" in Client().get("/patterns/").content.decode()
    settings.NUANTU_MODE = "live"
    assert "演示系统" not in Client().get("/nowhere/").content.decode()


class TestTheme:
    """Chosen once, drawn by the server, so that no page flashes."""

    def test_a_choice_is_remembered_and_leads_back(self, cast: Cast) -> None:
        browser = cast.operator.browser()
        answer = browser.post("/theme/", {"theme": "night", "next": "/patterns/?tab=week"})
        assert answer.headers["Location"] == "/patterns/?tab=week"
        assert (
            '<html lang="zh-CN" data-theme="night">' in browser.get("/patterns/").content.decode()
        )

    def test_a_page_made_for_paper_is_white_at_night_too(self, cast: Cast) -> None:
        browser = cast.operator.browser()
        browser.post("/theme/", {"theme": "night", "next": "/"})
        html = browser.get("/patterns/print/").content.decode()
        assert '<html lang="zh-CN" data-theme="day">' in html

    def test_a_choice_never_leads_to_another_site(self) -> None:
        for goal in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
            answer = Client().post("/theme/", {"theme": "day", "next": goal})
            assert answer.headers["Location"] == "/"

    def test_an_unknown_theme_is_no_theme(self) -> None:
        browser = Client()
        browser.post("/theme/", {"theme": '"><script>'})
        assert "nuantu_theme" not in browser.cookies
        browser.cookies["nuantu_theme"] = '"><script>alert(1)</script>'
        assert "<script>alert" not in browser.get("/nowhere/").content.decode()

    def test_a_theme_is_not_changed_by_a_link(self) -> None:
        assert Client().get("/theme/?theme=night").status_code == 405


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", ["400", "403", "404", "422", "csrf", "500"])
def test_an_error_page_says_what_to_do_next(code: str, language: str) -> None:
    request = RequestFactory().get("/somewhere/")
    vars(request)["actor"] = PUBLIC
    with translation.override(language):
        html = render_to_string(f"ui/{code}.html", {}, request)
    assert faults(html) == []
    assert 'href="/"' in html


@pytest.mark.parametrize("code", ["400", "403", "404", "422", "csrf", "500"])
def test_an_error_page_asks_for_nothing_that_is_not_there(code: str) -> None:
    """Each names its own mark, and a browser that read none finds it where it looks."""
    request = RequestFactory().get("/somewhere/")
    vars(request)["actor"] = PUBLIC
    html = render_to_string(f"ui/{code}.html", {}, request)
    for address in re.findall(r'(?:href|src)="(/static/[^"#?]+)', html):
        assert finders.find(address.removeprefix("/static/")), address
    assert 'rel="icon"' in html
    where = Client().get("/favicon.ico").headers["Location"]
    assert finders.find(where.removeprefix("/static/"))


def test_a_lost_page_is_designed_and_tells_nothing() -> None:
    page = Client().get("/persons/00000000-0000-0000-0000-000000000000/none/")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()


def test_the_language_is_switched_without_script(cast: Cast) -> None:
    browser = cast.operator.browser()
    browser.post("/language/", {"language": "en", "next": "/patterns/"})
    html = browser.get("/patterns/").content.decode()
    assert '<html lang="en"' in html
    assert "Patterns" in html


class TestNavigation:
    """A person sees what he may enter, and where he is."""

    @pytest.fixture(autouse=True)
    def _own_entries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(nav, "_items", {})
        nav.register(nav.Item("patterns", "样式", "ui:patterns", order=2))
        nav.register(nav.Item("phone", "手机", "ui:patterns_phone", "ui.phone.read", order=1))
        nav.register(nav.Item("gone", "没有", "ui:no_such_page"))

    def test_the_public_sees_none(self) -> None:
        assert nav.entries_for(PUBLIC, "/patterns/") == []
        assert nav.entries_for(None, "/patterns/") == []

    def test_an_entry_needs_its_permission(self) -> None:
        keys = [entry.key for entry in nav.entries_for(Actor("a", "甲"), "/patterns/")]
        assert keys == ["patterns"]

    def test_the_nearest_entry_is_current(self) -> None:
        actor = Actor("a", "甲", permissions=frozenset({"ui.phone.read"}))
        entries = nav.entries_for(actor, "/patterns/phone/")
        assert [(entry.key, entry.is_current) for entry in entries] == [
            ("phone", True),
            ("patterns", False),
        ]

    def test_an_entry_holds_addresses_besides_its_own(self) -> None:
        nav.register(nav.Item("patterns", "样式", "ui:patterns", holds=("/samples/",)))
        (entry,) = nav.entries_for(Actor("a", "甲"), "/samples/one/")
        assert entry.is_current

    def test_of_two_entries_that_hold_an_address_one_is_current(self) -> None:
        nav.register(nav.Item("first", "甲", "ui:patterns_phone", order=1, holds=("/patterns/",)))
        entries = nav.entries_for(Actor("a", "甲"), "/patterns/")
        assert [(entry.key, entry.is_current) for entry in entries] == [
            ("first", False),
            ("patterns", True),
        ]


def test_a_part_of_a_page_that_is_shut_is_one_line_and_no_page(cast: Cast) -> None:
    """A page that asks again for a part of itself, after a right was taken, draws nothing around it."""
    asked = {"HX-Request": "true"}
    gone = cast.kitchen.browser().get("/no-such-page/", headers=asked)
    shut = cast.kitchen.browser().get(reverse("homeward:wearers"), headers=asked)
    assert (gone.status_code, shut.status_code) == (404, 403)
    for answer in (gone, shut):
        assert "这里打不开" in answer.content.decode()
        assert "<html" not in answer.content.decode()
