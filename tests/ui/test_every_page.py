"""Every page that needs no object, for whoever may see it, in both languages, read by `audit`.

The pages of one thing are read in tests/policy/test_query_budgets.py, where each is arranged.
"""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.cast import MEMBERS, Cast
from tests.policy.roles import all_rows, members
from tests.ui.audit import faults

# Not pages: machines read these. The pattern pages are read in test_pages.
LEFT_OUT = ("api/", "open311/", "healthz", "patterns/")
# A report needs no session and no cookie, so there is nothing a token could protect.
OPEN_FORMS = "/report/"
ROLES = (
    "section_head", "operator", "dispatcher", "patroller", "leader", "station_head",
    "office", "township", "hospital", "auditor", "admin",
)  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the site that has no parameter."""
    for item in patterns:
        here = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from addresses(item.url_patterns, here)
        elif "<" not in here and "(?P" not in here and not here.startswith(LEFT_OUT):
            yield f"/{here}"


def readers(url: str) -> frozenset[str]:
    """Who gets the page by the table of roles; the table itself is proved in tests/policy."""
    row = all_rows().get(resolve(url).view_name)
    return members(row.open_to) if row else frozenset(MEMBERS)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read_by_everybody(cast: Cast, language: str) -> None:
    found, seen = [], 0
    left = set(addresses(get_resolver().url_patterns))
    for player in (cast.nobody, *(cast[role] for role in ROLES)):
        browser = player.browser(language)
        browser.raise_request_exception = False
        for url in sorted(url for url in left if player.key in readers(url)):
            page = browser.get(url)
            if page.status_code >= 500:
                left.discard(url)
                found.append(f"{player.key} {language} {url}: {page.status_code}")
            if page.status_code != 200 or "text/html" not in page.headers.get("Content-Type", ""):
                continue
            left.discard(url)
            seen += 1
            found += [
                f"{player.key} {language} {url}: {fault}"
                for fault in faults(page.content.decode())
                if not (url.startswith(OPEN_FORMS) and "without its token" in fault)
            ]
    assert seen > 6
    assert not found, "\n".join(found)
