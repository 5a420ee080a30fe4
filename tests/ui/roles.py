"""Who may enter the pages of the frame: they show components and hold no data.

The pattern pages are for whoever builds pages: in a live installation the public finds nothing."""

from tests.policy.roles import Row, action

ROLES = {
    "ui:theme": action("everybody", theme="night"),
    "ui:patterns": Row("staff", absent_for="nobody taxi_driver"),
    "ui:patterns_phone": Row("staff", absent_for="nobody taxi_driver"),
    "ui:patterns_print": Row("staff", absent_for="nobody taxi_driver"),
}
