"""Pages in a real Chromium: one browser for the whole run, one fresh context per page.

Without a Chromium the tests are skipped with the reason; with CI or E2E_REQUIRED set they fail.
"""

import os
import shutil
from asyncio import AbstractEventLoop, _get_running_loop, _set_running_loop
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.field import App
    from tests.cast import Cast, Player

# Playwright keeps an event loop in this thread; the ORM of the test itself would refuse to run.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_loop: AbstractEventLoop | None = None

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages are painted without a graphics card, real or played; only the map asks for one.
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
]
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of a page
HEIGHTS = {390: 844}
# A phone counts how fast it is before it chooses how long it works on a PIN. Each phone of the tests
# is a slow one, which takes the least there is; a fast one would work 0.7 s at every PIN.
OLD_PHONE = """if (globalThis.SubtleCrypto) {
  const derive = SubtleCrypto.prototype.deriveKey;
  SubtleCrypto.prototype.deriveKey = async function (how, ...said) {
    if (how.iterations === 100_000) await new Promise((done) => setTimeout(done, 120));
    return derive.call(this, how, ...said);
  };
}"""
LANGUAGES = {"zh": ("zh-CN", "zh-hans"), "en": ("en-US", "en")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Playwright's loop runs for browser tests only; the tests after them find none.

    Django keeps one connection for code inside a loop and another for code outside: a test that
    met both would look with the one at what the other does not hold back.
    """
    global _loop
    if item.get_closest_marker("e2e") is None:  # every test of the process comes by here
        return (yield)
    _set_running_loop(_loop)
    try:
        return (yield)
    finally:
        connection.close()
        _loop = _get_running_loop()
        _set_running_loop(None)


def chromium() -> str:
    """The browser on this machine; without one the tests say why they do not run."""
    found = os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if found:
        return found
    reason = f"no Chromium: none of {', '.join(NAMES)} on PATH and E2E_CHROMIUM is not set"
    if os.environ.get("CI") or os.environ.get("E2E_REQUIRED"):
        pytest.fail(reason)
    print(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    path = chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        loop = _get_running_loop()
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        _set_running_loop(loop)
        started.close()


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files() -> Iterator[None]:
    """The live server serves files as they lie in the packages."""
    with override_settings(
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    ):
        yield


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test complained about: script errors, refused content, lost requests.

    A test that breaks something on purpose clears it; what is left at the end fails the test.
    """
    return []


@pytest.fixture
def page_at(
    request: pytest.FixtureRequest, browser: "Browser", live_server: Any, faults: list[str]
) -> "Iterator[Callable[..., Page]]":
    """`page_at(width=1440, lang="zh", theme="day", script=True)`: a page on the live server."""
    contexts: list[BrowserContext] = []

    def make(
        width: int = 1440, lang: str = "zh", theme: str = "day", *, script: bool = True
    ) -> "Page":
        locale, code = LANGUAGES[lang]
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale=locale,
            base_url=live_server.url,
            java_script_enabled=script,
            has_touch=width < 600,
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [
                {"name": "nuantu_theme", "value": theme, "url": live_server.url},
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": code, "url": live_server.url},
            ]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda line: _note(faults, line))
        contexts.append(context)
        return page

    yield make
    for context in contexts:
        context.close()
    # A phone on a bad line asks in vain, while it is being closed too.
    lost = "Failed to load resource" if "app_of" in request.fixturenames else "\0"
    found = [one for one in faults if lost not in one]
    assert not found, "\n".join(found)


def _note(faults: list[str], line: Any) -> None:
    # The test server has no event stream; live pages poll instead, as they do on a bad line.
    if line.type == "error" and "/events/" not in str(line.location):
        faults.append(f"console: {line.text} {line.location}")


@pytest.fixture
def sign_in(live_server: Any) -> "Callable[[Page, Player], Page]":
    """`sign_in(page, cast.operator)`: the person's session in that page's browser context."""

    def enter(page: "Page", player: "Player") -> "Page":
        client = player.browser()
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
        )
        return page

    return enter


@pytest.fixture
def people(transactional_db: None) -> "Cast":
    """The cast, in the database that the live server reads."""
    from tests.cast import assemble
    from tests.replay import repeated

    return repeated("cast", assemble)


@pytest.fixture
def app_of(
    page_at: "Callable[..., Page]",
    sign_in: "Callable[[Page, Player], Page]",
    live_server: Any,
) -> "Iterator[Callable[..., App]]":
    """`app_of(cast.patroller, lang="zh")`: a phone in that person's hand, behind a line of its own."""
    from tests.browser.field import App
    from tests.browser.line import Line

    lines: list[Line] = []

    def make(player: "Player", **how: Any) -> App:
        lines.append(Line(live_server.url))
        page = sign_in(page_at(390, **how), player)
        page.context.add_init_script(OLD_PHONE)
        return App(page, lines[-1])

    yield make
    for line in lines:
        line.close()
