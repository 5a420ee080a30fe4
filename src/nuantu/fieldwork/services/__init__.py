"""What a phone or the desk can make happen in fieldwork."""

from nuantu.fieldwork.services.applying import apply_due, apply_or_later, go_on
from nuantu.fieldwork.services.deciding import (
    CardRefused,
    apply_again,
    enter_otherwise,
    forget_settled,
    set_aside,
)
from nuantu.fieldwork.services.devices import (
    DeviceRefused,
    end_uncarried,
    enrol,
    note_bundle,
    revoke,
)
from nuantu.fieldwork.services.keeping import Delivery, Kept, keep
from nuantu.fieldwork.services.recovery import recover, recovery_key

__all__ = [
    "CardRefused",
    "Delivery",
    "DeviceRefused",
    "Kept",
    "apply_again",
    "apply_due",
    "apply_or_later",
    "end_uncarried",
    "enrol",
    "enter_otherwise",
    "forget_settled",
    "go_on",
    "keep",
    "note_bundle",
    "recover",
    "recovery_key",
    "revoke",
    "set_aside",
]
