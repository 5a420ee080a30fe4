"""Accounts, tokens, the matrix, and who may see why."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from nuantu.accounts import selectors, services
from nuantu.accounts.models import ApiToken, Grant, User
from nuantu.accounts.rules import matrix as matrix_rules
from nuantu.accounts.services import channels as channel_services
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.core.models import StoredFile
from tests.cast import COUNTY, HOSPITAL, STATION, Cast
from tests.web import not_found_for, page_for, refused_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def a_file(case_id: UUID | None) -> StoredFile:
    return StoredFile.objects.create(
        division_code=COUNTY,
        owner_org=STATION,
        case_id=case_id,
        purpose="tip",
        media_type="image/jpeg",
        width=1,
        height=1,
        size_bytes=1,
        original_digest="0" * 64,
        taken_by="x",
    )


def test_only_the_administrator_opens_accounts(cast: Cast) -> None:
    refused_for(cast.nobody, cast.operator, cast.section_head, cast.outsider, url="/users/")
    refused_for(cast.nobody, cast.office, url="/tokens/")
    page_for(cast.admin, "/users/")


def test_a_new_account_with_a_weak_password_is_refused_and_nothing_typed_is_lost(
    cast: Cast,
) -> None:
    data = {
        "login": "new",
        "name": "吴新",
        "organisation": STATION,
        "roles": ["operator"],
        "password": "12345",
    }
    page = cast.admin.browser().post("/users/", data)
    assert page.status_code == 422
    assert 'value="吴新"' in page.content.decode()
    assert not User.objects.filter(login="new").exists()


def test_a_new_account_can_enter_and_a_closed_one_cannot(cast: Cast, settings: Settings) -> None:
    settings.NUANTU_MODE = "demo"
    data = {
        "login": "new",
        "name": "吴新",
        "organisation": STATION,
        "roles": ["operator"],
        "password": "qiao-xue-5226",
    }
    admin = cast.admin.browser()
    assert admin.post("/users/", data).status_code == 302
    assert (
        Client().post("/login/", {"login": "new", "password": "qiao-xue-5226"}).status_code == 302
    )

    user = User.objects.get(login="new")
    admin.post(f"/users/{user.public_id}/state/", {"state": "closed"})
    assert (
        Client().post("/login/", {"login": "new", "password": "qiao-xue-5226"}).status_code == 422
    )


def test_every_list_of_the_administrator_stacks_on_a_phone(cast: Cast) -> None:
    """At 390 px each cell says by itself what it is."""
    services.issue_token(actor=SYSTEM, at=clock.now(), name="x", user=cast.admin.account)
    channel_services.add_channel(
        actor=SYSTEM,
        at=clock.now(),
        name="夜班群",
        organisation=cast.operator.account.organisation,
        kind="webhook",
        address="https://hooks.example.cn/x",
        events=["dispatch.tip_received"],
    )
    for url in ("/users/", "/tokens/", "/channels/"):
        html = page_for(cast.admin, url).content.decode()
        assert 'class="table table--stack"' in html, url
        cells = re.findall(r"<td[^>]*>", html)
        assert cells, url
        assert all("data-label=" in cell for cell in cells), url


def test_an_account_that_is_locked_is_shown_and_unlocked(cast: Cast) -> None:
    user = User.objects.filter(pk=cast.operator.account.pk)
    user.update(locked_until=clock.now() + timedelta(minutes=30))
    browser = cast.admin.browser()
    assert "已锁定" in page_for(browser, "/users/").content.decode()
    browser.post(f"/users/{cast.operator.account.public_id}/state/", {"state": "open"})
    assert user.get().locked_until is None


def test_nobody_else_closes_an_account(cast: Cast) -> None:
    user = cast.operator.user
    assert user is not None
    refused_for(
        cast.nobody,
        cast.section_head,
        url=f"/users/{user.public_id}/state/",
        data={"state": "closed"},
    )
    assert User.objects.get(pk=user.pk).is_active
    not_found_for(cast.admin, url=f"/users/{new_id()}/state/", data={"state": "closed"})


def test_a_token_is_shown_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    given = {"name": "预警接入", "user": cast.admin.account.pk, "scopes": ["tips:read"], "days": 9}
    page = cast.admin.browser().post("/tokens/", given)
    token = page.context["fresh"]
    assert token in page.content.decode()
    assert not ApiToken.objects.filter(digest=token).exists()
    assert token not in page_for(cast.admin, "/tokens/").content.decode()


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    user = cast.dispatcher.user
    assert user is not None
    text = services.issue_token(actor=SYSTEM, at=clock.now(), name="x", user=user)
    client = Client(headers={"Authorization": f"Bearer {text}"})
    assert client.get("/api/v1/tips").status_code == 200
    services.revoke_token(actor=SYSTEM, at=clock.now(), token=ApiToken.objects.get())
    assert client.get("/api/v1/tips").status_code == 401


def test_the_matrix_page_says_what_the_program_does(cast: Cast) -> None:
    text = page_for(cast.operator, "/matrix/").content.decode()
    for permission in selectors.matrix().permissions.values():
        assert permission.code in text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "roles: {a: {zh: 甲, en: A, oversees: false}}\npermissions: {p: {p.x.y: {zh: 甲, en: A, roles: [b]}}}",
            "unknown role",
        ),
        (
            "roles: {a: {zh: 甲, en: A, oversees: false}}\npermissions: {p: {q.x.y: {zh: 甲, en: A, roles: [a]}}}",
            "must read",
        ),
    ],
)
def test_a_matrix_that_contradicts_itself_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        matrix_rules.read(text)


def test_a_grant_opens_exactly_its_case_and_only_while_it_lives(cast: Cast) -> None:
    case_id, other_case = new_id(), new_id()
    mine, other = a_file(case_id), a_file(other_case)
    at = clock.now()
    services.give_grant(
        actor=cast.dispatcher.actor,
        at=at,
        org_code=HOSPITAL,
        case_id=case_id,
        purpose="hand-over",
        until=at + timedelta(days=3),
        division_code=COUNTY,
    )
    hospital = scope.of_actor(cast.hospital.actor)
    with clock.frozen(at + timedelta(hours=1)), scope.enter(hospital):
        assert list(StoredFile.objects.all()) == [mine]
        assert other.pk
    with clock.frozen(at + timedelta(days=4)), scope.enter(hospital):
        assert not StoredFile.objects.exists()


def test_a_grant_is_for_reading_and_changes_nothing(cast: Cast) -> None:
    case_id = new_id()
    row = a_file(case_id)
    at = clock.now()
    services.give_grant(
        actor=cast.dispatcher.actor,
        at=at,
        org_code=HOSPITAL,
        case_id=case_id,
        purpose="hand-over",
        until=at + timedelta(days=3),
        division_code=COUNTY,
    )
    with clock.frozen(at + timedelta(hours=1)), scope.enter(scope.of_actor(cast.hospital.actor)):
        assert StoredFile.objects.filter(pk=row.pk).exists()
        assert StoredFile.objects.filter(pk=row.pk).update(purpose="changed") == 0
        assert StoredFile.objects.filter(pk=row.pk).delete()[0] == 0


def test_an_ended_grant_closes_at_once(cast: Cast) -> None:
    case_id = new_id()
    a_file(case_id)
    at = clock.now()
    services.give_grant(
        actor=cast.dispatcher.actor,
        at=at,
        org_code=HOSPITAL,
        case_id=case_id,
        purpose="hand-over",
        until=at + timedelta(days=3),
        division_code=COUNTY,
    )
    ended = services.end_grants(
        actor=cast.dispatcher.actor,
        at=at,
        org_code=HOSPITAL,
        case_id=case_id,
        purpose="hand-over",
        division_code=COUNTY,
    )
    assert ended == 1
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        assert not StoredFile.objects.exists()
    assert Grant.objects.get().ended_at == at


def test_the_reasons_to_see_are_those_of_the_database(cast: Cast) -> None:
    """Whoever the policy lets see a row has a reason, and whoever it does not has none."""
    case_id = new_id()
    row = a_file(case_id)
    at = clock.now()
    services.give_grant(
        actor=SYSTEM,
        at=at,
        org_code=HOSPITAL,
        case_id=case_id,
        purpose="hand-over",
        until=at + timedelta(days=1),
        division_code=COUNTY,
    )
    with clock.frozen(at + timedelta(minutes=1)):
        for player in cast.staff:
            with scope.enter(scope.of_actor(player.actor)):
                is_seen = StoredFile.objects.exists()
            reasons = selectors.reasons_to_see(player.actor, row, at=clock.now())
            assert bool(reasons) == is_seen, player.key


def test_the_scope_before_comes_back_after_the_block(cast: Cast) -> None:
    a_file(None)
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert not StoredFile.objects.exists()
        with scope.system("a test looks"):
            assert StoredFile.objects.exists()
        assert not StoredFile.objects.exists()


def test_a_stored_photo_of_another_county_is_not_found(cast: Cast) -> None:
    row = a_file(None)
    with scope.enter(scope.of_actor(cast.other_patroller.actor)):
        assert not StoredFile.objects.filter(public_id=row.public_id).exists()
