"""Who may enter the addresses that belong to no package."""

from tests.policy.roles import Row, action, leads_on

ROLES = {
    "rules": Row("staff -admin -kitchen -security -hospital -police"),
    "rules_export": Row("staff -admin -kitchen -security -hospital -police"),
    "home": leads_on("everybody"),
    "favicon": leads_on("everybody"),
    "healthz": Row("everybody"),
    "set_language": action("everybody", language="en", next="/login/"),
}
