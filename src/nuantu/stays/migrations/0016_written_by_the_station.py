"""What belongs to a stay, a reception, a treatment and a house is written by its station alone; whoever
oversees the area reads it."""

from django.db import migrations

from nuantu.core.rls import WriteOwn

PARTS = {
    ("stay", "stay_id"): ("bedstay", "absence", "extension", "leaving"),
    ("reception", "reception_id"): ("belonging", "inquiry"),
    ("hospitalcare", "care_id"): ("hospitalask", "carenews", "healthnotice"),
    ("infection", "infection_id"): ("closecontact",),
    ("death", "death_id"): ("deathstep",),
    ("bill", "bill_id"): ("billline",),
    ("medication", "medication_id"): ("dose",),
    ("search", "search_id"): ("searchstep",),
    ("rollcall", "roll_call_id"): ("rollmark",),
    ("kitchenmeal", "meal_id"): ("foodsample",),
    ("safetycheck", "safety_check_id"): ("checkline",),
    ("cupboarditem", "item_id"): ("cupboardmove", "cupboardcount"),
    ("camera", "camera_id"): ("videohold",),
    ("zone", "zone_id"): ("room",),
}
STAY, ZONE = ("stays_stay", "stay_id"), ("stays_zone", "zone_id")
ROOM, BED = ("stays_room", "room_id"), ("stays_bed", "bed_id")


class Migration(migrations.Migration):
    dependencies = [("stays", "0015_zone_of_the_pack")]

    operations = [
        *(
            WriteOwn(f"stays_{part}", (f"stays_{parent}", column))
            for (parent, column), parts in PARTS.items()
            for part in parts
        ),
        WriteOwn("stays_leavingcheck", ("stays_leaving", "leaving_id"), STAY),
        WriteOwn("stays_bed", ROOM, ZONE),
        WriteOwn("stays_beddingchange", BED, ROOM, ZONE),
    ]
