"""A carer's round with the line cut: cards, meals, doses, roll-call, several carers on one tablet."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from playwright.sync_api import expect

from nuantu.core import clock, scope
from nuantu.fieldwork.models import ReviewCard
from nuantu.stays.models import CareEntry, Dose, Medication, RollCall, Stay
from nuantu.stays.services import care
from tests.browser.field import OTHER_PIN, PIN, App, all_applied, on_server
from tests.browser.line import cut
from tests.cast import Cast, Player
from tests.stays.house import a_stay, a_stay_in_bed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]
SignIn = Callable[..., object]


def _a_dose_due_now(cast: Cast, stay: Stay) -> Medication:
    """A medicine whose time of the day was a few minutes ago."""
    actor, at = cast.medic.actor, clock.now()
    due = clock.local(at - timedelta(minutes=5)).time().replace(second=0, microsecond=0)
    with scope.enter(scope.of_actor(actor)):
        return care.prescribe(actor=actor, at=at, stay=stay, what="某药 1片", times=[due])


def _card(app: App, kind: str, key: object) -> App:
    """The camera opens the address of a card in a new page of the same browser."""
    app.page = app.context.new_page()
    app.page.goto(f"{app.line.url}/field/at/{kind}/{key}/")
    return app


def _entries() -> list[tuple[str, str, str]]:
    with scope.system("a test looks"):
        rows = CareEntry.objects.order_by("pk")
        return list(rows.values_list("kind", "outcome", "noted_by"))


def test_a_card_opens_its_resident_without_a_line_and_without_a_pin_at_each_bed(
    people: Cast, app_of: AppOf
) -> None:
    stay = a_stay_in_bed(people)
    other = a_stay(people, sex="female")
    app = app_of(people.carer).enrol(home="house")
    app.line.fault = cut
    _card(app, "stay", stay.public_id).shows("resident")
    expect(app.page.get_by_text("男区 男区101-1")).to_be_visible()
    app.unfold("观察")
    app.page.get_by_label("看到什么").first.fill("夜里起来两次")
    app.press("存到平板", within='form[data-key="observation"]')
    _card(app, "stay", other.public_id).shows("resident")
    assert app.unsent() == 1
    app.unfold("洗浴")
    app.page.locator('form[data-key="wash"]').get_by_role("button", name="做了").click()
    expect(app.page.get_by_text("由女工作人员做")).to_be_visible()
    app.page.locator('form[data-key="wash"]').get_by_label("女工作人员做的").check()
    app.press("做了", within='form[data-key="wash"]')
    assert app.unsent() == 2
    assert not _entries()
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == ["care.log", "care.log"]
    assert {kind for kind, _outcome, _by in _entries()} == {"observation", "wash"}


def _a_tablet_of_two(people: Cast, app_of: AppOf, sign_in: SignIn) -> App:
    """The carer's tablet, which the medic has joined and has open; each has her own bundle."""
    app = app_of(people.carer).enrol(home="house")
    _lock(app)
    sign_in(app.page, people.medic)
    app.unfold("让同事也用这台平板")
    form = app.page.locator('form[data-enter="join"]')
    form.locator("[name=theirs]").fill(PIN)
    return app.set_pin("让同事加入", OTHER_PIN).shows("house")


def _comes(app: App, name: str, pin: str) -> App:
    """Somebody takes the tablet from whoever has it open."""
    _lock(app)
    app.page.get_by_role("button", name=name).click()
    return app.unlock(pin).shows("house")


def _resident(app: App, stay: Stay) -> App:
    app.page.locator(f'[data-resident="{stay.public_id}"] button').click()
    return app.shows("resident")


def test_two_carers_share_a_tablet_and_each_entry_is_hers_who_opened_it(
    people: Cast, app_of: AppOf, sign_in: SignIn
) -> None:
    stay = a_stay_in_bed(people)
    _a_dose_due_now(people, stay)
    app = _a_tablet_of_two(people, app_of, sign_in)
    app.line.fault = cut
    _comes(app, "杨照料", PIN)
    app.page.get_by_role("button", name="点名").click()
    app.press("存到平板")
    _comes(app, "吴医务", OTHER_PIN)
    assert app.unsent() == 1, "what the carer entered is there for whoever comes after her"
    _resident(app, stay).press("已服")
    expect(app.page.get_by_role("button", name="已服")).to_have_count(0)
    app.line.fault = None
    app.hurry().wait_sent()
    rows = on_server()
    assert sorted((kind, state) for _seq, kind, state in rows) == [
        ("care.dose", "applied"),
        ("care.roll", "applied"),
    ]
    with scope.system("a test looks"):
        assert RollCall.objects.get().called_by == "杨照料"
        assert Dose.objects.get().given_by == "吴医务"


def test_a_carer_reads_no_dose_of_the_medics_alone_and_leaves_the_medic_hers(
    people: Cast, app_of: AppOf, sign_in: SignIn
) -> None:
    stay = a_stay_in_bed(people)
    _a_dose_due_now(people, stay)
    app = _a_tablet_of_two(people, app_of, sign_in)
    fetched = _bundles(app)
    _comes(app, "杨照料", PIN)
    fetched.wait(30)
    _resident(app, stay)
    expect(app.page.get_by_text("有药要服")).to_have_count(0)
    app.line.fault = cut
    _comes(app, "吴医务", OTHER_PIN)
    _resident(app, stay).press("已服")


def _bundles(app: App) -> Event:
    """Set once a bundle was asked for and answered from now on."""
    come = Event()

    def rewrite(path: str, content: bytes) -> bytes:
        if path.startswith("/field/bundle"):
            come.set()
        return content

    app.line.rewrite = rewrite
    return come


def _lock(app: App) -> None:
    app.page.locator("[data-menu] summary").click()
    app.page.get_by_role("button", name="锁定、换人").click()
    app.shows("locked")


def _give(by: Player, row: Medication) -> None:
    at = clock.now()
    due_at = clock.local(at).replace(
        hour=row.times[0].hour, minute=row.times[0].minute, second=0, microsecond=0
    )
    with scope.enter(scope.of_actor(by.actor)):
        care.give_dose(actor=by.actor, at=at, row=row, due_at=due_at, outcome="given")


def test_a_dose_that_was_given_online_meanwhile_is_shown_as_being_checked(
    people: Cast, app_of: AppOf
) -> None:
    stay = a_stay_in_bed(people)
    row = _a_dose_due_now(people, stay)
    app = app_of(people.medic).enrol(home="house")
    app.line.fault = cut
    _give(people.station_head, row)
    app.page.locator("[data-find]").fill(stay.number[-4:])
    app.page.locator(f'[data-resident="{stay.public_id}"] button').click()
    app.press("已服")
    app.line.fault = None
    app.hurry().wait_sent()
    assert [state for _seq, _kind, state in on_server()] == ["review"]
    app.page.locator("[data-unsent]").click()
    expect(app.page.get_by_text("有没有服两次")).to_be_visible()
    with scope.system("a test looks"):
        assert ReviewCard.objects.get().why == "contrary"
        assert Dose.objects.get().given_by == "石站长"


def test_a_phone_that_was_never_enrolled_goes_on_to_the_page_of_the_card(
    people: Cast, app_of: AppOf
) -> None:
    stay = a_stay_in_bed(people)
    app = _card(app_of(people.carer), "stay", stay.public_id)
    app.page.wait_for_url(f"**/stays/care/{stay.public_id}/")
