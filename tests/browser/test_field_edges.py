"""The edges of the phone app: a browser that cannot, a full phone, what is asked for again, a sound."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.field import App
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AppOf = Callable[..., App]

SOME_SENT = """async (count) => {
  const store = await import("/static/fieldwork/store.js");
  await store.run(["told"], "readwrite", (table) => {
    for (let seq = 1; seq <= count; seq += 1) {
      const state = seq % 10 === 0 ? "applied" : "review";
      table("told").put({ id: crypto.randomUUID(), seq, shadow: null, state, words: null, at: 0 });
    }
  });
  const { unsettled } = await import("/static/fieldwork/outbox.js");
  const rows = new Map((await store.all("told")).map((row) => [row.id, row.seq]));
  const pages = [];
  let after = 0;
  do {
    const { ids, last } = await unsettled(after);
    pages.push(ids.map((id) => rows.get(id)));
    after = last;
  } while (after);
  return pages;
}"""


def test_what_is_not_settled_is_asked_for_page_by_page_in_the_order_it_was_made(
    people: Cast, app_of: AppOf
) -> None:
    app = app_of(people.patroller).open().shows("enrol")
    pages: list[list[Any]] = app.page.evaluate(SOME_SENT, 500)
    assert [len(page) for page in pages] == [200, 200, 50]
    assert [seq for page in pages for seq in page] == [n for n in range(1, 501) if n % 10]
