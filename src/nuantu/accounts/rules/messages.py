"""What may leave the system in a message, and how a webhook is signed."""

import hashlib
import hmac
import json

# Each event somebody may be told of, in the two languages; nothing else is ever said.
EVENTS = {
    "dispatch.tip_received": ("有新线索待处理", "A new tip waits"),
    "dispatch.team_assigned": ("有派单待接受", "A dispatch waits to be accepted"),
    "operations.duty_escalated": ("有事项超时，已上报", "A duty is overdue and was escalated"),
    "operations.handover_offered": ("有移交待接收", "A hand-over waits to be accepted"),
    "fieldwork.review_opened": ("手机补送的内容待核对", "What a phone sent waits to be looked at"),
    "warnings.warning_taken": ("收到气象预警", "A weather warning came in"),
}


def text(event: str, reference: str, link: str) -> tuple[str, str]:
    """Title and body: the event, a short number, a link. Raises KeyError for an unknown event."""
    zh, en = EVENTS[event]
    return f"暖途：{zh}", f"{zh} / {en}\n编号 No. {reference}\n{link}"


def webhook_body(event: str, reference: str, link: str, at: str) -> bytes:
    """The JSON a webhook gets; same fields for every event."""
    return json.dumps(
        {"event": event, "reference": reference, "link": link, "at": at}, sort_keys=True
    ).encode()


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`v1=` and the HMAC-SHA-256 of stamp, a dot and the body, so that an old body cannot be replayed."""
    return (
        "v1=" + hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    )


def short(reference: str) -> str:
    """A number to say over the phone: the last eight characters of an id."""
    return reference.replace("-", "")[-8:].upper()
