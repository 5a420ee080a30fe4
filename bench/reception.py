"""The written example of a reception at the keyboard: fields, keys, page time and modelled seconds.

Run by `bench.stays` where a Chromium is found: a real site and a real browser; the clerk of the demo
takes in a man of forty who knows his name, as `bench.hand` says. Goals: at most 25 fields and 150
keys, 180 s by the keystroke-level model.
"""

import os
import shutil
from typing import Any

from bench import ground
from bench.hand import DECISION, KEY, Hand, takes_in
from nuantu.config.launch import cluster

TURNS = 5


def measure(server: cluster.Server, client: Any) -> None:
    """Take five invented men in and print what it cost the hand; `client` is a signed-in clerk."""
    path = os.environ.get("E2E_CHROMIUM") or shutil.which("chromium")
    if not path:
        print("reception by hand: left out, there is no Chromium")
        return
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with ground.site(server) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = browser.new_context(base_url=address, locale="zh-CN")
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
        )
        page = context.new_page()
        hands = [_one(page) for _turn in range(TURNS)]
        browser.close()
    middle = sorted(hands, key=lambda hand: hand.waited)[TURNS // 2]
    print(
        f"reception by hand: {middle.fields} fields (goal 25), {middle.keys} keys (goal 150),"
        f" {middle.decisions} decisions; pages {middle.waited:.1f} s (median of {TURNS}), modelled"
        f" {middle.seconds:.0f} s (goal 180) at {KEY} s a key and {DECISION} s a decision"
    )


def _one(page: Any) -> Hand:
    hand = Hand(page)
    takes_in(hand)
    return hand
