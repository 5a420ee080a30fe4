"""A second source for the calendar: sun and moon after Meeus, Astronomical Algorithms (1998).

Short formulas, written independently of the library that the code uses: the sun's apparent
longitude to 0.01 degrees (chapter 25), the new moon to a few minutes (chapter 49).
"""

from datetime import UTC, datetime, timedelta
from math import cos, radians, sin

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


def _terrestrial(moment: datetime) -> float:
    """Days since J2000 of dynamical time; Delta T after Espenak and Meeus, rough outside 1950-2050."""
    days = (moment - J2000) / timedelta(days=1)
    years = days / 365.25
    seconds = 62.92 + 0.32217 * years + 0.005589 * years**2
    if not -50 < years < 50:
        seconds = -20 + 32 * ((2000 + years - 1820) / 100) ** 2
    return days + seconds / 86_400


def sun_longitude(moment: datetime) -> float:
    """The sun's apparent longitude in degrees."""
    t = _terrestrial(moment) / 36_525
    mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35_999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    return (mean + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def new_moon_near(moment: datetime) -> datetime:
    """The new moon nearest to a moment."""
    k = round(_terrestrial(moment) / 29.530588861 - 5.09766 / 29.530588861)
    return min((_new_moon(k + step) for step in (-1, 0, 1)), key=lambda found: abs(found - moment))


def _new_moon(k: int) -> datetime:
    t = k / 1236.85
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t * t
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    days += (
        -0.40720 * sin(moon)
        + 0.17241 * e * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * e * sin(moon - sun)
        - 0.00514 * e * sin(moon + sun)
        + 0.00208 * e * e * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude)
        - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * e * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon)
        + 0.00042 * e * sin(sun + 2 * latitude)
        + 0.00038 * e * sin(sun - 2 * latitude)
        - 0.00024 * e * sin(2 * moon - sun)
        - 0.00017 * sin(node)
        + 0.0003 * cos(0) * sin(radians(299.77 + 0.107408 * k))
    )
    dynamical = J2000 + timedelta(days=days)
    return dynamical - timedelta(days=_terrestrial(dynamical)) + (dynamical - J2000)
