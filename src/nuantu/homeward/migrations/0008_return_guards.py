"""Who sees a return plan: the organisation that sends him home and whoever oversees its place; nobody who sees no people."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough

THROUGH = ("leg", "escort", "returncost", "returnline")
ALL = ("returnplan", *THROUGH)


class Migration(migrations.Migration):
    dependencies = [("homeward", "0007_returns")]

    operations = [
        Protect("homeward_returnplan"),
        *(
            ProtectThrough(f"homeward_{name}", parent="homeward_returnplan", column="plan_id")
            for name in THROUGH
        ),
        *(HideFromNarrow(f"homeward_{name}") for name in ALL),
        *(KeepHistory(f"homeward_{name}") for name in ALL),
    ]
