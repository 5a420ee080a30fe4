"""Who may enter the pages of the frame: they show components and hold no data."""

from tests.policy.roles import Row, action

ROLES = {
    "ui:theme": action("everybody", theme="night"),
    "ui:patterns": Row("everybody"),
    "ui:patterns_phone": Row("everybody"),
    "ui:patterns_print": Row("everybody"),
}
