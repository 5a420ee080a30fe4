"""What a medic measured and saw at a screening, opened for whoever may read it."""

from nuantu.core.vault import KeyDestroyed
from nuantu.stays.models import HospitalCare, Screening
from nuantu.stays.rules.health import Measured


def measured_of(row: Screening) -> Measured:
    """Temperature, signs and test of a screening; nothing after an erasure."""
    try:
        return Measured.read(row.measured.open()) if row.measured else Measured()
    except KeyDestroyed:
        return Measured()


def signs_of(care: HospitalCare) -> tuple[str, ...]:
    """The signs that sent somebody to a hospital; nothing after an erasure."""
    try:
        return Measured.read(care.seen.open()).signs if care.seen else ()
    except KeyDestroyed:
        return ()
