"""Who sees an entry of the ledger: its organisation and whoever oversees its place; an alert only the asking side."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough

SCOPED = ("ledgerentry", "ledgeralert")
THROUGH = ("ledgervisit", "ledgerhelp")


class Migration(migrations.Migration):
    dependencies = [("homeward", "0004_ledger")]

    operations = [
        *(Protect(f"homeward_{name}") for name in SCOPED),
        *(
            ProtectThrough(f"homeward_{name}", parent="homeward_ledgerentry", column="entry_id")
            for name in THROUGH
        ),
        *(HideFromNarrow(f"homeward_{name}") for name in (*SCOPED, *THROUGH)),
        *(KeepHistory(f"homeward_{name}") for name in (*SCOPED, *THROUGH)),
    ]
