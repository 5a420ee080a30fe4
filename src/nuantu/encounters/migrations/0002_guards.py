"""Who sees a contact: whoever sees its case. Parts are seen with their contact."""

from django.db import migrations

from nuantu.core.rls import Protect, ProtectThrough

PARTS = ("offerline", "goodsline", "evidence", "moderequest", "transfersheet", "revisit")


class Migration(migrations.Migration):
    dependencies = [
        ("encounters", "0001_contacts"),
        ("persons", "0002_guards"),
    ]

    operations = [
        Protect("encounters_encounter"),
        Protect("encounters_refusernotice"),
        *(
            ProtectThrough(
                f"encounters_{part}", parent="encounters_encounter", column="encounter_id"
            )
            for part in PARTS
        ),
    ]
