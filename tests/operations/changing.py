"""A running plan gets another text."""

from datetime import datetime
from typing import Any

from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Operation
from nuantu.operations.services import change_plan


def change(operation: Operation, text: str, at: datetime, **options: Any) -> Operation:
    """The plan's next version, from the one that the test holds."""
    values: dict[str, Any] = {"reason": "收到补充通知", "from_version": operation.version}
    return change_plan(actor=SYSTEM, at=at, operation=operation, text=text, **{**values, **options})
