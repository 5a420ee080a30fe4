"""Who may enter the contact book: whoever arranges returns keeps it, dispatcher and bureau read and export it.

Another prefecture has a book of its own and finds nothing of this one.
"""

from django.urls import reverse

from nuantu.core.ids import new_id
from tests.cast import Cast
from tests.homeward import contacts
from tests.policy.roles import Row, Url, action

WRITES = "leader reception station_head tracing_officer"
READS = f"{WRITES} dispatcher section_head outsider"


def _at(name: str) -> Url:
    return lambda cast: reverse(f"homeward:{name}", args=[contacts.a_contact(cast).public_id])


def _more(cast: Cast, count: int) -> None:
    for _turn in range(count):
        contacts.a_contact(cast, f"样{new_id().hex[-8:]}县救助管理站")


ROLES = {
    "homeward:contacts": Row(READS, more=_more),
    "homeward:contact_export": Row(READS, more=_more),
    "homeward:contact_new": Row(f"{WRITES} outsider"),
    "homeward:contact_import": Row(f"{WRITES} outsider"),
    "homeward:contact_template": Row(f"{WRITES} outsider"),
    "homeward:contact_confirm": action(f"{WRITES} outsider"),
    "homeward:contact_unmended": action(f"{WRITES} outsider"),
    "homeward:contact": Row(WRITES, absent_for="outsider", at=_at("contact")),
    "homeward:contact_close": action(WRITES, absent_for="outsider", at=_at("contact_close")),
}
