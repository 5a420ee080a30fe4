"""Six stations of the contact book in the demo, two of them not confirmed for long; phones are invented.

The offices carry the names of real places; street, house and phone are made up and say so.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.services.contacts import Entry, put_contact

# code, place, name, phone, days since somebody called
STATIONS: Final = (
    ("431200", "湖南省怀化市", "怀化市救助管理站（演示）", "0745-0000000", 20),
    ("431224", "湖南省怀化市溆浦县", "溆浦县救助管理站（演示）", "0745-0000001", 41),
    ("450200", "广西壮族自治区柳州市", "柳州市救助管理站（演示）", "0772-0000002", 130),
    ("510100", "四川省成都市", "成都市救助管理站（演示）", "028-00000003", 402),
    ("500100", "重庆市", "重庆市救助管理站（演示）", "023-00000004", 88),
    ("440100", "广东省广州市", "广州市救助管理站（演示）", "020-00000005", 730),
)


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Enter the six, each on the day when somebody called."""
    clerk = people["reception"]
    for code, place, name, phone, days in STATIONS:
        when = at - timedelta(days=days)
        entry = Entry(code, place, name, phone, "演示路1号", "24小时值班（演示）")
        with clock.frozen(at), scope.enter(scope.of_actor(clerk)):
            day = clock.local(when).date()
            put_contact(actor=clerk, at=at, entry=entry, confirmed_date=day)
