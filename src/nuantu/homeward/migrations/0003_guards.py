"""Who sees a wearer: the organisation that looks after him and whoever oversees its place; nobody who sees no people."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough

SCOPED = ("gateway", "wristband", "wearer", "trackkey", "lastfix", "cellcount", "alarm")
THROUGH = ("wearing", "consent", "fence", "position")
KEPT = ("gateway", "wristband", "wearer", "wearing", "consent", "fence", "alarm")


class Migration(migrations.Migration):
    dependencies = [("homeward", "0002_positions")]

    operations = [
        *(Protect(f"homeward_{name}") for name in SCOPED),
        *(
            ProtectThrough(f"homeward_{name}", parent="homeward_wearer", column="wearer_id")
            for name in THROUGH
        ),
        *(HideFromNarrow(f"homeward_{name}") for name in (*SCOPED, *THROUGH)),
        *(KeepHistory(f"homeward_{name}") for name in KEPT),
    ]
