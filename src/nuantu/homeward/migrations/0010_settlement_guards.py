"""Who sees a settlement: the station that holds the case and whoever oversees its place."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("homeward", "0009_settlement")]

    operations = [
        Protect("homeward_settlement"),
        ProtectThrough(
            "homeward_settlementstep", parent="homeward_settlement", column="settlement_id"
        ),
        *(HideFromNarrow(f"homeward_{name}") for name in ("settlement", "settlementstep")),
        *(KeepHistory(f"homeward_{name}") for name in ("settlement", "settlementstep")),
    ]
