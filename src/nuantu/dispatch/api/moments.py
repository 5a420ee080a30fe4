"""Moments that a program sends."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from nuantu.core import clock


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)


# A time without a zone is meant as clocks in China show it.
Moment = Annotated[datetime, AfterValidator(_with_zone)]
