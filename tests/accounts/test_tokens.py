"""Keys of other programs: they end on a day, are good for chosen purposes, and say why they refuse."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tools.reference_pages.interface import all_addresses

from nuantu.accounts import services
from nuantu.accounts.models import ApiToken, User
from nuantu.accounts.rules import scopes
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.models import JournalEntry
from tests.cast import OFFICE, Cast
from tests.web import not_found_for, page_for, refused_for

AT = datetime(2026, 12, 5, 14, 0, tzinfo=UTC)


def a_token(user: User, *wanted: str, days: int | None = None) -> str:
    return services.issue_token(
        actor=SYSTEM,
        at=clock.now(),
        name="气象接入",
        user=user,
        scopes=wanted or scopes.EVERY_SCOPE,
        days=days,
    )


def ask(text: str, path: str, *, data: dict[str, Any] | None = None, language: str = "zh") -> Any:
    client = Client(headers={"Authorization": f"Bearer {text}", "Accept-Language": language})
    if data is None:
        return client.get(path)
    return client.post(path, data, content_type="application/json")


@pytest.mark.django_db
def test_a_token_past_its_day_opens_nothing_and_says_so(cast: Cast) -> None:
    with clock.frozen(AT):
        text = a_token(cast.dispatcher.account, days=10)
        assert ask(text, "/api/v1/tips").status_code == 200
    with clock.frozen(AT + timedelta(days=10, hours=1)):
        assert ask(text, "/api/v1/tips").status_code == 200
    with clock.frozen(AT + timedelta(days=11)):
        answer = ask(text, "/api/v1/tips")
        assert answer.status_code == 401
        assert answer.json()["code"] == "token_expired"
        assert "2026-12-15 到期" in answer.json()["detail"]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        english = ask(text, "/api/v1/tips", language="en").json()
        assert english["detail"].startswith("The API token ended on 2026-12-15")


@pytest.mark.django_db
def test_a_token_opens_only_what_it_was_given_for(cast: Cast) -> None:
    text = a_token(cast.dispatcher.account, "tips:read")
    assert ask(text, "/api/v1/tips").status_code == 200
    for path, data, wanted in (
        ("/api/v1/dispatches", None, "dispatches:read"),
        ("/api/v1/duties", None, "duties:read"),
        ("/api/v1/tips", {"place_text": "南大桥下"}, "tips:write"),
        ("/api/v1/warnings", {"x": 1}, "warnings:write"),
    ):
        answer = ask(text, path, data=data)
        assert answer.status_code == 403, path
        assert answer.json()["code"] == "token_scope"
        assert wanted in answer.json()["detail"]
    assert "has no scope" in ask(text, "/api/v1/duties", language="en").json()["detail"]
    key = {"api_key": text}
    assert Client().get("/open311/v2/requests.json", key).status_code == 403


@pytest.mark.django_db
def test_a_scope_never_opens_more_than_the_account_may(cast: Cast) -> None:
    answer = ask(a_token(cast.admin.account), "/api/v1/tips")
    assert answer.status_code == 403
    assert answer.json()["code"] == "no_permission"
    assert answer.json()["permission"] == "dispatch.tip.read"
    assert "看本单位" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nt_wrong"}])
def test_no_token_or_a_wrong_one_is_told_what_is_needed(header: dict[str, str]) -> None:
    answer = Client(headers=header).get("/api/v1/tips")
    assert answer.status_code == 401
    assert "令牌" in answer.json()["detail"]
    english = Client(headers={**header, "Accept-Language": "en"}).get("/api/v1/tips")
    assert "API token" in english.json()["detail"]


def test_every_address_of_the_interface_has_a_scope() -> None:
    """A new resource without its scope would be closed to every token."""
    paths = [
        address.route
        for address in all_addresses()
        if address.is_api and not address.route.endswith(("/openapi.json", "/docs", "/v1/", "/v2/"))
    ]
    assert len(paths) >= 15
    lost = [path for path in paths for how in ("GET", "POST") if not scopes.needed(how, path)]
    assert not lost
    assert {scopes.needed(how, path) for path in paths for how in ("GET", "POST")} == set(
        scopes.SCOPES
    )
    assert scopes.needed("GET", "/persons/") == ""


@given(st.integers(1, 400), st.integers(0, 23))
def test_a_token_works_through_its_last_day(days: int, hour: int) -> None:
    given_at = AT.replace(hour=hour)
    end = scopes.end_of(clock.local(given_at).date(), days)
    assert timedelta(days=days) <= end - given_at <= timedelta(days=days + 1)
    assert scopes.days_left(expires_at=end, at=end - timedelta(seconds=1)) == 0
    assert scopes.days_left(expires_at=end, at=end) == -1


@pytest.mark.django_db
def test_only_the_administrator_sees_and_changes_tokens(cast: Cast) -> None:
    a_token(cast.admin.account)
    token = ApiToken.objects.get()
    refused_for(cast.nobody, cast.section_head, cast.outsider, url="/tokens/")
    for deed in ("renew", "end"):
        url = f"/tokens/{token.public_id}/{deed}/"
        refused_for(cast.nobody, cast.section_head, url=url, data={"typed": token.name})
    not_found_for(cast.admin, url=f"/tokens/{cast.admin.account.public_id}/end/", data={})
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.django_db
def test_a_new_token_needs_a_scope_and_a_term_that_is_not_too_long(
    cast: Cast, settings: Settings
) -> None:
    settings.NUANTU_TOKEN_DAYS = 90
    browser = cast.admin.browser()
    given = {"name": "气象接入", "user": cast.admin.account.pk, "days": 91}
    page = browser.post("/tokens/", given)
    assert page.status_code == 422
    assert 'value="气象接入"' in page.content.decode()
    assert set(page.context["form"].errors) == {"scopes", "days"}
    assert not ApiToken.objects.exists()
    browser.post("/tokens/", given | {"scopes": ["warnings:write"], "days": 30})
    token = ApiToken.objects.get()
    assert token.scopes == ["warnings:write"]
    assert scopes.days_left(expires_at=token.expires_at, at=clock.now()) == 30


@pytest.mark.django_db
def test_a_token_acts_as_oneself_or_as_a_connected_program_and_nobody_else(cast: Cast) -> None:
    User.objects.create(
        login="feed", name="气象程序", organisation_id=OFFICE, roles=["feed"], password="!"
    )
    page = page_for(cast.admin, "/tokens/")
    offered = {user.login for user in page.context["form"].users.values()}
    assert offered == {"admin", "feed"}
    given = {"name": "x", "user": cast.dispatcher.account.pk, "days": 1, "scopes": ["tips:read"]}
    assert cast.admin.browser().post("/tokens/", given).status_code == 422


@pytest.mark.django_db
def test_a_token_is_revoked_only_after_its_name_was_typed(cast: Cast) -> None:
    a_token(cast.admin.account)
    token = ApiToken.objects.get()
    browser = cast.admin.browser()
    url = f"/tokens/{token.public_id}/end/"
    page = browser.post(url, {"typed": "别的"}, follow=True)
    assert "没有执行" in page.content.decode()
    assert ApiToken.objects.get().revoked_at is None
    page = browser.post(url, {"typed": " 气象接入 "}, follow=True)
    assert "已收回 气象接入" in page.content.decode()
    assert ApiToken.objects.get().revoked_at is not None
    browser.post(f"/tokens/{token.public_id}/renew/")
    assert JournalEntry.objects.filter(verb="accounts.token.renew").count() == 0


@pytest.mark.django_db
def test_the_list_says_how_long_a_token_works_and_renewing_gives_a_new_term(cast: Cast) -> None:
    browser = cast.admin.browser()
    with clock.frozen(AT):
        a_token(cast.admin.account, "warnings:read", days=10)
        token = ApiToken.objects.get()
        text = page_for(browser, "/tokens/").content.decode()
        assert "还剩 10 天" in text
        assert "2026-12-15" in text
        assert "查询气象预警" in text
        assert "从未使用" in text
        browser.post(f"/tokens/{token.public_id}/renew/")
        assert "还剩 365 天" in page_for(browser, "/tokens/").content.decode()
        assert JournalEntry.objects.get(verb="accounts.token.renew").changes["name"] == "气象接入"


@pytest.mark.django_db
def test_an_open311_key_comes_in_the_header_or_the_body_and_never_lands_in_our_log(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    text = a_token(cast.dispatcher.account, "open311")
    lists = "/open311/v2/requests.json"
    assert Client().get(lists).status_code == 403
    assert ask(text, lists).status_code == 200
    assert Client().get(lists, {"api_key": text}).status_code == 200
    report = {"service_code": "street-person", "api_key": "nt_wrong", "address_string": "南大桥下"}
    refused = Client().post(lists, report)
    assert refused.status_code == 403
    assert "api_key" in refused.json()[0]["description"]
    # Even what is refused or not found writes the path alone.
    Client().get("/open311/v2/nowhere/at-all", {"api_key": text})
    Client().get("/open311/v2/requests.json", {"api_key": text + "x"})
    assert text not in caplog.text
    assert "api_key" not in caplog.text
