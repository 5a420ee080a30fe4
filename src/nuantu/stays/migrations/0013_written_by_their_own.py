"""Ending help and women's carers are seen like a stay; parts of a stay, of a reception and of a house
are written only by whoever may write those, not by everybody who may read them."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import OpenAlso, Protect, WriteThrough

OF_A_HELD_CASE = """
  case_id IN (SELECT c.case_id FROM persons_case c
              WHERE c.owner_org = (SELECT nullif(current_setting('app.org', true), '')))
"""
STAY, RECEPTION = ("stays_stay", "stay_id"), ("stays_reception", "reception_id")
ROOM, ZONE = ("stays_room", "room_id"), ("stays_zone", "zone_id")
LEAVING = ("stays_leaving", "leaving_id")


class Migration(migrations.Migration):
    dependencies = [("stays", "0012_endings")]

    operations = [
        Protect("stays_ending"),
        OpenAlso("stays_ending", policy="seen", condition=OF_A_HELD_CASE),
        KeepHistory("stays_ending"),
        Protect("stays_womenscarer"),
        *(
            WriteThrough(f"stays_{part}", STAY)
            for part in ("bedstay", "absence", "extension", "leaving")
        ),
        WriteThrough("stays_leavingcheck", LEAVING, STAY),
        *(WriteThrough(f"stays_{part}", RECEPTION) for part in ("belonging", "inquiry")),
        WriteThrough("stays_room", ZONE),
        WriteThrough("stays_bed", ROOM, ZONE),
    ]
