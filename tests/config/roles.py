"""Who may enter the addresses that belong to no package."""

from tests.policy.roles import Row, action, leads_on

ROLES = {
    "home": leads_on("everybody"),
    "healthz": Row("everybody"),
    "set_language": action("everybody", language="en", next="/login/"),
}
