"""The phone app on lines as they are under bridges: whatever the line does to it, each entry that the
phone accepted stands once on the server."""

from collections.abc import Callable
from http.client import HTTPConnection

import pytest
from playwright.sync_api import expect

from tests.browser.field import App, a_shift, all_applied, exactly_once, moved_clock, visited
from tests.browser.line import (
    Exchange,
    Held,
    Line,
    answers_lost,
    cut,
    flaps,
    half_answers,
    says,
)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]
EVENING = ["run.begin", *["visit.arrive", "visit.nobody"] * 3]


@pytest.fixture
def app(people: Cast, app_of: AppOf) -> App:
    """The patroller's phone, enrolled, with three stops ahead."""
    a_shift(people)
    return app_of(people.patroller).enrol()


def _walk(app: App) -> None:
    app.begin()
    for _stop in range(3):
        app.visit()


def _is_whole(app: App) -> None:
    """The line is good again: what was walked is there, once, and in order."""
    app.line.fault = None
    app.hurry().wait_sent()
    assert all_applied(app) == EVENING
    assert set(visited().values()) == {"nobody"}


def test_a_cut_line_holds_everything_back_and_loses_nothing(app: App) -> None:
    app.line.fault = cut
    _walk(app)
    assert app.unsent() == 7
    _is_whole(app)


def test_a_shift_begun_with_signal_goes_on_from_a_cold_start_in_flight_mode(app: App) -> None:
    app.begin().visit()
    app.context.set_offline(True)
    app.page.close()
    app.again().unlock().shows("shift")
    app.visit().visit()
    app.context.set_offline(False)
    _is_whole(app)


def test_a_line_so_slow_that_the_shift_overtakes_it_delivers_all(app: App) -> None:
    held = Held()
    app.line.fault = held
    app.begin()
    assert held.has_come.wait(30)
    for _stop in range(3):
        app.visit()
    held.may_go.set()
    _is_whole(app)


@pytest.mark.parametrize("pattern", ["-+", "a-+", "aa-a+"])
def test_a_flapping_line_delivers_once(app: App, pattern: str) -> None:
    app.line.fault = flaps(pattern)
    _walk(app)
    app.hurry()
    _is_whole(app)


def test_answers_that_never_come_back_make_nothing_twice(app: App) -> None:
    app.line.fault = answers_lost
    _walk(app)
    expect(app.page.locator("[data-unsent]")).to_have_attribute("data-unsent", "7")
    assert app.line.deliveries >= 1
    _is_whole(app)


def test_half_an_answer_is_none(app: App) -> None:
    app.line.fault = half_answers
    _walk(app)
    assert app.unsent() == 7, "the phone believes only what it was told whole"
    _is_whole(app)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_in_trouble_is_asked_again(app: App, status: int) -> None:
    app.line.fault = says(status)
    _walk(app)
    assert app.unsent() == 7
    _is_whole(app)


def test_a_server_that_asks_for_patience_gets_it(app: App) -> None:
    app.line.fault = says(429, Retry_After="180")
    app.page.clock.install()
    with app.page.expect_response("**/field/commands") as answer:
        app.begin()
    assert answer.value.status == 429
    app.visit().visit().visit().hurry()
    assert app.line.deliveries == 1, "three minutes were asked for, whoever presses"
    app.page.clock.fast_forward("03:00")
    _is_whole(app)
    assert app.line.deliveries > 1


def test_a_delivery_that_comes_late_and_out_of_order_changes_nothing(app: App) -> None:
    lost: list[Exchange] = []

    def strays(exchange: Exchange) -> None:
        if exchange.is_delivery:
            lost.append(exchange)
            cut(exchange)

    app.line.fault = strays
    _walk(app)
    app.hurry()
    _is_whole(app)
    assert lost
    for exchange in reversed(lost):
        assert _deliver(app.line, exchange) == 200
    assert all_applied(app) == EVENING


def _deliver(line: Line, exchange: Exchange) -> int:
    """What went astray arrives now, hours after the phone gave it up."""
    server = HTTPConnection(line.target.hostname or "", line.target.port, timeout=30)
    headers = {
        name: value
        for name, value in exchange.handler.headers.items()
        if name in ("Authorization", "Content-Type", "Host")
    }
    server.request("POST", exchange.path, exchange.body, headers)
    status = server.getresponse().status
    server.close()
    return status


@pytest.mark.parametrize("hours", [-30.0, 3.0])
def test_a_wrong_clock_harms_no_entry(people: Cast, app_of: AppOf, hours: float) -> None:
    a_shift(people)
    app = app_of(people.patroller)
    app.context.add_init_script(moved_clock(hours))
    app.enrol()
    app.line.fault = cut
    _walk(app)
    _is_whole(app)


def test_pressing_again_and_again_is_pressing_once(app: App) -> None:
    app.begin()
    app.page.evaluate(
        """() => {
          const button = [...document.querySelectorAll("#field button")].find((one) => one.textContent.trim() === "到达");
          for (let time = 0; time < 9; time += 1) button.click();
        }"""
    )
    expect(app.page.get_by_role("button", name="没有人")).to_be_visible()
    app.press("没有人").wait_sent()
    assert all_applied(app) == EVENING[:3]


def test_two_windows_of_one_phone_share_one_row_of_numbers(app: App) -> None:
    app.begin().wait_sent()
    app.line.fault = cut
    other = App(app.context.new_page(), app.line).open().unlock().shows("shift")
    app.press("到达")
    expect(other.page.get_by_role("button", name="没有人")).to_be_visible()
    other.press("没有人")
    expect(app.page.locator("h2").first).to_have_text("第2号桥洞")
    app.page.get_by_role("button", name="我们平安").evaluate("(one) => one.click()")
    other.press("我们平安")
    app.line.fault = None
    app.hurry().wait_sent()
    rows = exactly_once(app)
    assert sorted(kind for _seq, kind, _state in rows) == sorted(
        ["run.begin", "visit.arrive", "visit.nobody", "run.all_well", "run.all_well"]
    )
