"""A shift and the phone that walks it, for the journeys in a browser."""

from contextlib import suppress
from datetime import timedelta

from playwright.sync_api import BrowserContext, Error, Page, expect

from nuantu.core import clock, scope
from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolStop
from nuantu.places.models import KeyLocation
from tests import builders
from tests.browser.line import Line
from tests.cast import Cast

PIN = "482913"
OTHER_PIN = "730164"


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
        PatrolStop.objects.filter(route=route).update(
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


# The counter lies in the phone's own database: read there, not from the screen.
COUNT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("nuantu-field", 1);
  asked.onsuccess = () => {
    const got = asked.result.transaction("meta").objectStore("meta").get("next");
    got.onsuccess = () => { asked.result.close(); resolve((got.result || 1) - 1); };
  };
})"""
# Everything this origin holds, as text, for a thief who can read the disk of an unlocked phone.
DUMP = """async () => {
  const said = JSON.stringify({ ...localStorage, ...sessionStorage });
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("nuantu-field", 1);
    asked.onsuccess = () => resolve(asked.result);
  });
  let text = said;
  for (const name of db.objectStoreNames) {
    const rows = await new Promise((resolve) => {
      const got = db.transaction(name).objectStore(name).getAll();
      got.onsuccess = () => resolve(got.result);
    });
    text += JSON.stringify(rows, (_key, value) =>
      value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value);
  }
  db.close();
  return text;
}"""


# The write stays open until the page is killed, or is committed and the page never hears of it.
STAYS_OPEN = """() => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...said) {
    add.apply(this, said);
    const again = () => (this.count().onsuccess = again);
    again();
    console.log("writing");
  };
}"""
IS_NOT_TOLD = """() => {
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...said) {
    const one = begin.apply(this, said);
    const isAccepting = said[0].includes("outbox") && said[1] === "readwrite";
    if (isAccepting) one.addEventListener("complete", (event) => {
      event.stopImmediatePropagation();
      console.log("writing");
    });
    return one;
  };
}"""


def moved_clock(hours: float) -> str:
    """A script that makes a page believe it is that many hours later."""
    return f"""(() => {{
      const Real = Date, by = {hours} * 3600000;
      globalThis.Date = class extends Real {{
        constructor(...said) {{ said.length ? super(...said) : super(Real.now() + by); }}
        static now() {{ return Real.now() + by; }}
      }};
    }})()"""


class App:
    """The app on one phone: a browser of its own behind a line of its own."""

    def __init__(self, page: Page, line: Line) -> None:
        self.page, self.line = page, line

    @property
    def context(self) -> BrowserContext:
        """The phone's browser, which outlives its pages."""
        return self.page.context

    def open(self) -> "App":
        """The app's address in the browser."""
        self.page.goto(f"{self.line.url}/field/app/")
        return self

    def again(self) -> "App":
        """The page was closed or killed; the app is opened anew, whatever the line."""
        self.page = self.context.new_page()
        return self.open()

    def kill(self) -> "App":
        """The renderer dies where it stands, and the app is opened anew."""
        dying = self.page
        self.page = self.context.new_page()
        with suppress(Error), dying.expect_event("crash", timeout=10_000):
            dying.goto("chrome://crash", timeout=5_000)
        dying.close()
        try:
            return self.open()
        except Error:  # the service worker died with its renderer: the person tries once more
            return self.open()

    def kill_writing(self, kind: str, *, is_kept: bool) -> "App":
        """The renderer dies while an entry is written: the write stands open, or (`is_kept`) it has just
        been committed and nobody was told."""
        self.page.evaluate(IS_NOT_TOLD if is_kept else STAYS_OPEN)
        button = f"form[data-do='{kind}'] button"
        self.page.locator(button).first.wait_for()
        with self.page.expect_console_message(lambda said: said.text == "writing"):
            # Found and pressed in one breath: between two calls the screen may be drawn anew.
            self.page.evaluate("(button) => document.querySelector(button).click()", button)
        return self.kill()

    def enrol(self, pin: str = PIN, home: str = "shift") -> "App":
        """Make this phone the person's own; wait for the bundle and for the shell to be kept."""
        self.open()
        self.page.get_by_label("这部手机或平板叫什么").fill("一队手机")
        self.set_pin("启用", pin)
        self.shows(home)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def set_pin(self, button: str, pin: str) -> "App":
        """Type a new PIN twice."""
        form = self.page.locator("form", has=self.page.get_by_role("button", name=button))
        form.locator("input[name=pin]").fill(pin)
        form.locator("input[name=again]").fill(pin)
        form.get_by_role("button", name=button).click()
        return self

    def shows(self, screen: str) -> "App":
        """Wait for a screen."""
        expect(self.page.locator("#field")).to_have_attribute("data-screen", screen)
        return self

    def unlock(self, pin: str = PIN) -> "App":
        """Type the PIN."""
        self.shows("locked")
        self.page.locator("input[name=pin]").first.fill(pin)
        self.page.get_by_role("button", name="打开", exact=True).click()
        return self

    def press(self, name: str, *, within: str = "#field") -> "App":
        """Press a button, and wait until the phone says that it is kept."""
        field = self.page.locator("#field")
        before = int(field.get_attribute("data-accepted") or 0)
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
        expect(field).to_have_attribute("data-accepted", str(before + 1))
        return self

    def unfold(self, words: str) -> "App":
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=words).first.click()
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

    def hurry(self) -> "App":
        """Press "send now", as somebody does who sees a line again."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        return self

    def wait_sent(self) -> "App":
        """Until nothing is left to be sent."""
        counter = self.page.locator("[data-unsent]")
        expect(counter).to_have_attribute("data-unsent", "0", timeout=90_000)
        return self

    def is_holding(self) -> str:
        """All that lies on the phone, as text."""
        return str(self.page.evaluate(DUMP))


Row = tuple[int, str, str]


def on_server(device: FieldDevice | None = None) -> list[Row]:
    """Number, kind and state of every command the server holds of a phone, in order."""
    with scope.system("a test reads what arrived"):
        rows = FieldCommand.objects.filter(is_copy=False).order_by("device_id", "seq", "pk")
        found = rows.filter(device=device) if device else rows
        return [(row.seq or 0, row.kind, row.state) for row in found]


def exactly_once(app: App, device: FieldDevice | None = None) -> list[Row]:
    """Every accepted command of this phone stands once on the server; returns them."""
    rows = on_server(device)
    assert [seq for seq, _kind, _state in rows] == list(range(1, app.kept() + 1))
    return rows


def all_applied(app: App) -> list[str]:
    """The same, and each was done; returns the kinds."""
    rows = exactly_once(app)
    assert {state for _seq, _kind, state in rows} == {"applied"}, rows
    return [kind for _seq, kind, _state in rows]


def devices() -> list[FieldDevice]:
    """The phones, in the order they were enrolled."""
    with scope.system("a test looks"):
        return list(FieldDevice.objects.order_by("pk"))


def the_run() -> PatrolRun:
    """The one patrol of the night."""
    with scope.system("a test looks"):
        return PatrolRun.objects.get()


def visited() -> dict[str, str]:
    """Place → state of the run's stops."""
    with scope.system("a test looks"):
        return dict(PatrolRun.objects.get().visits.values_list("place", "state"))
