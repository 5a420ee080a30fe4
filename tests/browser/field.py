"""A shift and the phone that walks it, for the journeys in a browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from nuantu.core import clock, scope
from nuantu.fieldwork.models import FieldCommand
from nuantu.patrols.models import PatrolRoute, PatrolStop
from nuantu.places.models import KeyLocation
from tests import builders
from tests.cast import Cast

PIN = "482913"


def a_shift(cast: Cast, stops: int = 3) -> PatrolRoute:
    """The patroller's published route, now: the south bridge first, `stops` places in all."""
    route = builders.a_patrol_route(cast)
    names = [f"第{number}号桥洞" for number in range(2, stops + 1)]
    for name in names:
        builders.a_key_location(cast, name)
    since = clock.now() - timedelta(minutes=30)
    with scope.system("a test brings the route to this night"):
        PatrolRoute.objects.filter(pk=route.pk).update(
            leaves_at=since, back_at=since + timedelta(hours=9)
        )
        first = PatrolStop.objects.get(route=route)
        PatrolStop.objects.filter(pk=first.pk).update(
            number=1, arrives_at=since, leaves_at=since + timedelta(minutes=5)
        )
        for number, name in enumerate(names, 2):
            PatrolStop.objects.create(
                route=route,
                number=number,
                key_location=KeyLocation.objects.get(name=name),
                arrives_at=since + timedelta(minutes=10 * number),
                leaves_at=since + timedelta(minutes=10 * number + 5),
            )
    route.refresh_from_db()
    return route


class App:
    """The app on one phone: a browser of its own behind a line of its own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self) -> "App":
        """The app's address in the browser."""
        self.page.goto(f"{self.url}/field/app/")
        return self

    def enrol(self, pin: str = PIN) -> "App":
        """Make this phone the person's own, and wait for the bundle and for the shell to be kept."""
        self.open()
        self.page.get_by_label("这部手机叫什么").fill("一队手机")
        self.page.get_by_label("设一个 PIN").fill(pin)
        self.page.get_by_label("再输一次").fill(pin)
        self.page.get_by_role("button", name="启用").click()
        expect(self.page.locator("#field")).to_have_attribute("data-screen", "shift")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def unlock(self, pin: str = PIN) -> "App":
        """Type the PIN."""
        self.page.locator("input[name=pin]").first.fill(pin)
        self.page.get_by_role("button", name="打开", exact=True).click()
        return self

    def press(self, name: str, *, within: str = "") -> "App":
        """Press a button, and wait until the phone says that it is kept."""
        field = self.page.locator("#field")
        before = int(field.get_attribute("data-accepted") or 0)
        box = self.page.locator(within) if within else self.page
        box.get_by_role("button", name=name, exact=True).first.click()
        expect(field).to_have_attribute("data-accepted", str(before + 1))
        return self

    def begin(self) -> "App":
        """Set out."""
        self.page.get_by_label("出巡人员").fill("杨二、龙海")
        return self.press("出巡")

    def visit(self) -> "App":
        """Arrive at the next stop and find nobody."""
        return self.press("到达").press("没有人")

    def kept(self) -> int:
        """How many numbers this phone gave, sent or not."""
        return int(self.page.evaluate(COUNT))

    def unsent(self) -> int:
        """What the counter says."""
        return int(self.page.locator("[data-unsent]").get_attribute("data-unsent") or 0)

    def wait_sent(self) -> "App":
        """Until nothing is left to be sent."""
        expect(self.page.locator("[data-unsent]")).to_have_attribute(
            "data-unsent", "0", timeout=90_000
        )
        return self


# The counter lies in the phone's own database: read there, not from the screen.
COUNT = """(() => new Promise((resolve) => {
  const asked = indexedDB.open("nuantu-field", 1);
  asked.onsuccess = () => {
    const got = asked.result.transaction("meta").objectStore("meta").get("next");
    got.onsuccess = () => { asked.result.close(); resolve((got.result || 1) - 1); };
  };
}))()"""


def on_server() -> list[tuple[int, str, str]]:
    """Number, kind and state of every command the server holds, in order."""
    with scope.system("a test reads what arrived"):
        rows = FieldCommand.objects.order_by("device_id", "seq", "pk")
        return [(row.seq or 0, row.kind, row.state) for row in rows]


def exactly_once(app: App, *, kinds: list[str] | None = None) -> list[tuple[int, str, str]]:
    """Every accepted command of this phone stands once on the server; returns them."""
    rows = on_server()
    assert [seq for seq, _kind, _state in rows] == list(range(1, app.kept() + 1))
    if kinds is not None:
        assert [kind for _seq, kind, _state in rows] == kinds
    return rows


Enter = Callable[[Page, Any], Page]
