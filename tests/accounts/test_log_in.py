"""Who gets in, and who does not."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from nuantu.accounts.jobs import sweep_sessions
from nuantu.accounts.models import User
from nuantu.accounts.rules.sessions import has_gone_idle, is_locked, lock_until, needs_second_factor
from nuantu.accounts.services import LogInRefused, check_code, confirm_second_factor
from nuantu.accounts.views import entering
from nuantu.core import clock
from nuantu.core.models import JournalEntry
from tests.cast import Cast

AT = datetime(2026, 12, 5, 14, 0, tzinfo=UTC)
PASSWORD = "deng-qiao-5226"


@pytest.fixture
def operator(cast: Cast) -> User:
    user = cast.operator.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    return user


def send(client: Client, password: str, **more: str) -> object:
    return client.post("/login/", {"login": "operator", "password": password, **more})


@pytest.mark.django_db
def test_an_unknown_name_and_a_wrong_password_read_the_same(operator: User) -> None:
    client = Client()
    wrong = client.post("/login/", {"login": operator.login, "password": "x"})
    unknown = client.post("/login/", {"login": "nobody-here", "password": "x"})
    assert wrong.status_code == unknown.status_code == 422
    assert "登录名或密码不对" in wrong.content.decode()
    assert "登录名或密码不对" in unknown.content.decode()


@pytest.mark.django_db
def test_six_wrong_tries_lock_the_account_even_for_the_right_password(operator: User) -> None:
    client = Client()
    for _ in range(6):
        client.post("/login/", {"login": operator.login, "password": "x"})
    page = client.post("/login/", {"login": operator.login, "password": PASSWORD})
    assert page.status_code == 422
    assert "锁定" in page.content.decode()
    assert JournalEntry.objects.filter(verb="accounts.user.lock").count() == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_tries_are_limited_by_name_from_whatever_address_also_for_names_nobody_has(
    operator: User,
) -> None:
    """Seven addresses, one name: the seventh finds it locked, and cannot tell whether it exists."""
    for name in (operator.login, "nobody-here"):
        for number in range(6):
            page = Client(REMOTE_ADDR=f"203.0.113.{number}").post(
                "/login/", {"login": name, "password": "x"}
            )
            assert "登录名或密码不对" in page.content.decode()
        page = Client(REMOTE_ADDR="203.0.113.99").post("/login/", {"login": name, "password": "x"})
        assert "锁定" in page.content.decode(), name


@pytest.mark.django_db
def test_tries_from_one_address_are_limited_over_all_names(
    operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "LOGINS_PER_ADDRESS", 2)
    for name in ("a", "b"):
        Client().post("/login/", {"login": name, "password": "x"})
    page = Client().post("/login/", {"login": operator.login, "password": PASSWORD})
    assert "这个地址试得太频繁" in page.content.decode()
    other = Client(REMOTE_ADDR="203.0.113.7").post(
        "/login/", {"login": operator.login, "password": PASSWORD}
    )
    assert other.status_code == 302


@pytest.mark.django_db
def test_a_closed_account_is_out_at_its_next_request(cast: Cast) -> None:
    browser = cast.operator.browser()
    assert browser.get("/account/").status_code == 200
    User.objects.filter(pk=cast.operator.account.pk).update(is_active=False)
    assert browser.get("/account/").status_code == 302


@pytest.mark.django_db
def test_the_password_alone_opens_nothing_where_a_second_factor_is_set(
    operator: User, settings: object
) -> None:
    operator.totp_secret = pyotp.random_base32()
    operator.save()
    client = Client()
    page = client.post(
        "/login/", {"login": operator.login, "password": PASSWORD, "next": "/account/"}
    )
    assert page.headers["Location"] == "/login/code/"
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_six_wrong_codes_lock_the_account_even_for_the_right_code(operator: User) -> None:
    secret = pyotp.random_base32()
    operator.totp_secret = secret
    operator.save()
    client = Client()
    with clock.frozen(AT):
        client.post("/login/", {"login": operator.login, "password": PASSWORD})
        for _ in range(6):
            client.post("/login/code/", {"code": "000000"})
        page = client.post("/login/code/", {"code": pyotp.TOTP(secret).at(AT)})
    assert page.status_code == 422
    assert "锁定" in page.content.decode()
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_staff_of_a_live_installation_must_set_up_a_second_factor(
    operator: User, settings: Settings
) -> None:
    settings.NUANTU_MODE = "live"
    client = Client()
    page = client.post("/login/", {"login": operator.login, "password": PASSWORD})
    assert page.headers["Location"] == "/login/set-up/"
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_a_code_proves_once_and_never_twice(operator: User) -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(AT)
    confirm_second_factor(user=operator, secret=secret, code=code, at=AT)
    fresh, later = User.objects.get(pk=operator.pk), AT + timedelta(seconds=30)
    with pytest.raises(LogInRefused):
        check_code(user=fresh, code=code, at=AT)
    check_code(user=fresh, code=pyotp.TOTP(secret).at(later), at=later)
    with pytest.raises(LogInRefused):
        check_code(user=fresh, code=pyotp.TOTP(secret).at(later), at=later)


@pytest.mark.django_db
def test_another_phone_becomes_the_authenticator_with_the_password_only(cast: Cast) -> None:
    account = cast.operator.account
    account.set_password(PASSWORD)
    account.totp_secret = pyotp.random_base32()
    account.save()
    with clock.frozen(AT):
        browser = cast.operator.browser()
        page = browser.get("/login/set-up/")
        given = {"code": pyotp.TOTP(page.context["secret"]).at(AT)}
        assert browser.post("/login/set-up/", given).status_code == 200
        assert browser.post("/login/set-up/", given | {"password": "x"}).status_code == 422
        account.refresh_from_db()
        assert (account.totp_last_step, account.failures) == (0, 1)
        assert browser.post("/login/set-up/", given | {"password": PASSWORD}).status_code == 302
    account.refresh_from_db()
    assert account.totp_last_step > 0


@pytest.mark.django_db
def test_a_phone_half_a_minute_off_still_gets_in(operator: User) -> None:
    secret = pyotp.random_base32()
    confirm_second_factor(user=operator, secret=secret, code=pyotp.TOTP(secret).at(AT), at=AT)
    fresh, later = User.objects.get(pk=operator.pk), AT + timedelta(minutes=10)
    check_code(user=fresh, code=pyotp.TOTP(secret).at(later - timedelta(seconds=30)), at=later)
    with pytest.raises(LogInRefused):
        check_code(user=fresh, code=pyotp.TOTP(secret).at(later - timedelta(minutes=5)), at=later)


@pytest.mark.django_db
def test_a_session_without_a_deed_for_an_hour_has_ended(cast: Cast) -> None:
    browser = cast.operator.browser()
    browser.get("/account/")
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert browser.get("/account/").status_code == 302


@pytest.mark.django_db
def test_a_page_that_only_polls_does_not_keep_a_session_alive(cast: Cast) -> None:
    browser = cast.operator.browser()
    browser.get("/account/")
    start = clock.now()
    with clock.frozen(start + timedelta(minutes=50)):
        browser.get("/account/", headers={"X-Nuantu-Poll": "1"})
    with clock.frozen(start + timedelta(minutes=70)):
        assert browser.get("/account/").status_code == 302


@pytest.mark.django_db
def test_log_in_never_leads_to_another_site(operator: User, settings: Settings) -> None:
    settings.NUANTU_MODE = "demo"
    page = Client().post(
        "/login/",
        {"login": operator.login, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert page.headers["Location"] == "/"


def a_lost_form(owner: User) -> tuple[Client, str]:
    """The browser in which the owner's session ended, and the form he sent just after."""
    client = Client()
    client.force_login(owner)
    client.get("/login/")
    client.session.flush()
    lost = client.post("/users/", {"login": "new", "name": "桥下有人"})
    assert lost.status_code == 401
    assert "桥下有人" not in lost.content.decode()
    assert lost.context["kept"]
    return client, lost.context["kept"]


@pytest.mark.django_db
def test_somebody_else_does_not_get_a_form_that_was_kept(
    operator: User, cast: Cast, settings: Settings
) -> None:
    """Not after the password alone, not behind the second factor, not in his session."""
    settings.NUANTU_MODE = "demo"
    client, kept = a_lost_form(cast.dispatcher.account)
    page = client.post(
        "/login/",
        {"login": operator.login, "password": PASSWORD, "kept": kept, "next": "/account/"},
    )
    assert page.headers["Location"] == "/account/"

    operator.totp_secret = pyotp.random_base32()
    operator.save()
    client, kept = a_lost_form(cast.dispatcher.account)
    client.post("/login/", {"login": operator.login, "password": PASSWORD, "kept": kept})
    assert "kept" not in client.session


@pytest.mark.django_db
def test_between_password_and_code_a_kept_form_lies_encrypted_and_for_minutes_only(
    operator: User, settings: Settings
) -> None:
    secret = pyotp.random_base32()
    operator.totp_secret = secret
    operator.save()
    client, kept = a_lost_form(operator)
    client.post("/login/", {"login": operator.login, "password": PASSWORD, "kept": kept})
    assert client.session["kept"] == kept
    assert client.session.get_expiry_age() <= 60 * settings.NUANTU_KEPT_MINUTES
    page = client.post("/login/code/", {"code": pyotp.TOTP(secret).at(clock.now())})
    assert 'value="桥下有人"' in page.content.decode()
    assert "kept" not in client.session
    assert client.session.get_expire_at_browser_close()


@pytest.mark.django_db
def test_a_log_in_left_half_way_is_deleted(operator: User) -> None:
    operator.totp_secret = pyotp.random_base32()
    operator.save()
    client, kept = a_lost_form(operator)
    client.post("/login/", {"login": operator.login, "password": PASSWORD, "kept": kept})
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    sweep_sessions(0)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_comes_back_after_log_in(
    operator: User, settings: Settings
) -> None:
    settings.NUANTU_MODE = "demo"
    client, kept = a_lost_form(operator)
    page = client.post("/login/", {"login": operator.login, "password": PASSWORD, "kept": kept})
    assert page.status_code == 200
    assert 'value="桥下有人"' in page.content.decode()
    assert 'action="/users/"' in page.content.decode()


@given(st.integers(0, 600), st.integers(1, 600))
def test_idle_begins_exactly_after_the_limit(minutes: int, limit: int) -> None:
    """A session lives up to and including its limit."""
    assert has_gone_idle(seen_at=AT, at=AT + timedelta(minutes=minutes), idle_minutes=limit) == (
        minutes > limit
    )


@given(st.integers(0, 20))
def test_the_lock_begins_with_the_last_allowed_failure(failures: int) -> None:
    """Fewer failures than the limit never lock; the lock ends by itself."""
    until = lock_until(failures=failures, at=AT, tries=6, lock_minutes=30)
    assert is_locked(locked_until=until, at=AT) == (failures >= 6)
    assert not is_locked(locked_until=until, at=AT + timedelta(minutes=30))


def test_demo_accounts_need_no_second_factor_and_live_ones_do() -> None:
    """Whoever has set one up is always asked for it."""
    assert needs_second_factor(has_secret=False, mode="demo") == "none"
    assert needs_second_factor(has_secret=False, mode="live") == "set_up"
    assert {needs_second_factor(has_secret=True, mode=mode) for mode in ("demo", "live")} == {
        "code"
    }


@pytest.mark.django_db
def test_a_first_password_opens_nothing_but_the_page_that_changes_it(
    operator: User, settings: Settings
) -> None:
    settings.NUANTU_MODE = "demo"
    User.objects.filter(pk=operator.pk).update(must_change_password=True)
    client = Client()
    page = client.post(
        "/login/", {"login": operator.login, "password": PASSWORD, "next": "/dispatch/desk/"}
    )
    assert page.headers["Location"] == "/account/"
    assert "初始密码" in client.get("/account/").content.decode()
    assert client.get("/persons/").status_code == 403

    same = client.post("/account/", {"old": PASSWORD, "password": PASSWORD})
    assert same.status_code == 422
    changed = client.post("/account/", {"old": PASSWORD, "password": "xin-mi-ma-5226"})
    assert changed.status_code == 302
    assert client.get("/persons/").status_code == 200


@pytest.mark.django_db
def test_a_password_is_not_guessed_on_a_page_that_was_left_open(
    operator: User, settings: Settings
) -> None:
    settings.NUANTU_MODE = "demo"
    client = Client()
    client.post("/login/", {"login": operator.login, "password": PASSWORD})
    for _ in range(settings.NUANTU_LOCK_TRIES):
        client.post("/account/", {"old": "not-it-5226", "password": "xin-mi-ma-5226"})
    right = client.post("/account/", {"old": PASSWORD, "password": "xin-mi-ma-5226"})
    assert right.status_code == 422
    assert "锁定" in right.content.decode()
