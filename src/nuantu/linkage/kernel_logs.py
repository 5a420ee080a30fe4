"""The natural logarithm of a float32 without a call, so that a loop over many is one of vectors, compiled."""

from typing import Any, Final

import numpy as np

from nuantu.routing.search.compiled import inlined

ROOT: Final = np.int32(0x3F3504F3)  # bits of the square root of one half
PLACES: Final = np.int32(23)  # bits of the fraction
ONE, HALF = np.float32(1.0), np.float32(0.5)
HIGH, LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # together the log of 2
# Cephes, logf.c (S. Moshier, public): ln(1 + x) = x - x^2 / 2 + x^3 p(x) within one part in 10^7.
C8, C7, C6 = np.float32(7.0376836292e-2), np.float32(-1.1514610310e-1), np.float32(1.1676998740e-1)
C5, C4, C3 = np.float32(-1.2420140846e-1), np.float32(1.4249322787e-1), np.float32(-1.6668057665e-1)
C2, C1, C0 = np.float32(2.0000714765e-1), np.float32(-2.4999993993e-1), np.float32(3.3333331174e-1)


@inlined
def log_of(value: Any) -> Any:
    """Of a positive, normal float32, within a unit of its last place or 10^-7."""
    bits = np.float32(value).view(np.int32)
    power = (bits - ROOT) >> PLACES
    x = np.int32(bits - (power << PLACES)).view(np.float32) - ONE
    tail = ((C8 * x + C7) * x + C6) * x + C5
    tail = (((tail * x + C4) * x + C3) * x + C2) * x + C1
    squared, times = x * x, np.float32(power)
    rest = x * squared * (tail * x + C0) + times * LOW - HALF * squared
    return x + rest + times * HIGH
