"""The key that opens a phone whose PIN was forgotten; only the server can make it again."""

import base64
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nuantu.core.actors import Actor
from nuantu.core.fields import keyed_hash
from nuantu.fieldwork.models import FieldDevice
from nuantu.fieldwork.services.devices import told_of


def recovery_key(public_id: UUID) -> str:
    """32 bytes in base64url, the same whenever it is asked for; stored nowhere.

    It opens nothing on the server. The phone wraps its data key under it and forgets it.
    """
    digest = bytes.fromhex(keyed_hash(f"field-recovery:{public_id}"))
    return base64.urlsafe_b64encode(digest).decode()


def recover(*, actor: Actor, at: datetime, device: FieldDevice) -> str:
    """Give the person his phone's recovery key, and write down that it was given.

    A phone that has ended is opened too: what it holds can then be delivered.
    """
    with transaction.atomic():
        told_of(device, "recover", actor, at, f"重设外勤手机PIN {device.label}".strip())
    return recovery_key(device.public_id)
