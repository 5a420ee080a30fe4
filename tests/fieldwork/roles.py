"""Who may enter the pages of fieldwork, and what a phone that proves nothing gets."""

from tests.policy.roles import Row

READS = "dispatcher leader patroller station_head other_patroller outsider"
ONLY_BY_TOKEN = Row("everybody", answers=frozenset({401}))
ROLES = {
    "fieldwork:devices": Row(READS),
    "fieldwork:bundle": ONLY_BY_TOKEN,
    "fieldwork:commands": Row("everybody", method="post", answers=frozenset({401})),
}
