"""Ten things a test says about pages."""

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from tests.cast import Player

Page = HttpResponseBase


def _text(page: Any) -> str:
    return unescape(page.content.decode())


def _of(who: Player | Client) -> Client:
    return who if isinstance(who, Client) else who.browser()


def page_for(who: Player | Client, url: str, *, language: str = "") -> Any:
    """The person gets the whole page; returns it."""
    browser = who if isinstance(who, Client) else who.browser(language)
    page = browser.get(url)
    assert page.status_code == 200, f"{url}: {page.status_code} {page.headers.get('Location', '')}"
    assert "<main" in _text(page), f"{url} is not a whole page"
    return page


def fragment_for(who: Player | Client, url: str) -> Any:
    """The person gets the piece of the page that htmx swaps in, never the whole page."""
    piece = _of(who).get(url, headers={"HX-Request": "true"})
    assert piece.status_code == 200, f"{url}: {piece.status_code}"
    assert "<html" not in _text(piece), f"{url} answered htmx with a whole page"
    assert "HX-Request" in piece.headers.get("Vary", ""), f"{url} may be cached wrongly"
    return piece


def refused_for(*who: Player, url: str, data: Mapping[str, Any] | None = None) -> None:
    """Without an account: to the log-in page (what nobody's form said is not kept). Without the right: 403."""
    for player in who:
        browser = player.browser()
        page = browser.get(url) if data is None else browser.post(url, data)
        if player.user is None and data is not None:
            assert page.status_code == 401, f"{player.key} {url}: {page.status_code}"
            assert 'name="password"' in _text(page), "not the log-in page"
            assert 'name="kept"' not in _text(page), "kept for whoever logs in next"
        elif player.user is None:
            assert page.status_code == 302, f"{player.key} {url}: {page.status_code}"
            assert "/login/" in page.headers["Location"], page.headers["Location"]
        else:
            assert page.status_code == 403, f"{player.key} {url}: {page.status_code}"


def not_found_for(*who: Player, url: str, data: Mapping[str, Any] | None = None) -> None:
    """What is somebody else's looks exactly like what is not there."""
    for player in who:
        browser = player.browser()
        page = browser.get(url) if data is None else browser.post(url, data)
        assert page.status_code == 404, f"{player.key} {url}: {page.status_code}"


def submits(who: Player | Client, url: str, data: Mapping[str, Any], *, to: str = "") -> Any:
    """The form is taken and leads on; returns the page it leads to (the answer itself for htmx)."""
    browser = _of(who)
    answer = browser.post(url, data)
    assert answer.status_code in (200, 204, 302, 303), _complaint(answer)
    if answer.status_code in (302, 303):
        target = answer.headers["Location"]
        assert to in target, f"{url} leads to {target}, not to {to}"
        return browser.get(target)
    return answer


def submit_refused_leaving(
    who: Player | Client,
    url: str,
    data: Mapping[str, Any],
    *,
    unchanged: Callable[[], object],
    says: str = "",
) -> Any:
    """The form comes back (422) with what to mend, and nothing was written."""
    before = unchanged()
    answer = _of(who).post(url, data)
    assert answer.status_code == 422, f"{url}: {answer.status_code}"
    sees(answer, says)
    assert unchanged() == before, f"{url} refused the form and still wrote something"
    return answer


def sees(page: Any, *texts: str) -> None:
    """The reader finds each text."""
    body = _text(page)
    missing = [text for text in texts if text not in body]
    assert not missing, f"not on the page: {missing}"


def does_not_see(page: Any, *texts: str) -> None:
    """The reader finds none of the texts anywhere in the source of the page."""
    body = _text(page)
    shown = [text for text in texts if text in body]
    assert not shown, f"on the page: {shown}"


def _complaint(answer: Any) -> str:
    body = _text(answer)
    errors = body.split("error")[1:4]
    return f"{answer.status_code}: {' … '.join(part[:200] for part in errors)}"
