"""Moments that a program sends."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from nuantu.core import clock

FIRST_YEAR, LAST_YEAR = 2, 9998


def _with_zone(moment: datetime) -> datetime:
    year = min(max(moment.year, FIRST_YEAR), LAST_YEAR)
    if year != moment.year:
        moment = moment.replace(year=year, day=min(moment.day, 28))
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)


# A time without a zone is meant as clocks in China show it. A clock that was never set may say the
# first or last year of all, which no database can hold in every zone: it comes a year nearer.
Moment = Annotated[datetime, AfterValidator(_with_zone)]
