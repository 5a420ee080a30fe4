"""Who sees a claim: the station that holds the case and whoever oversees its place."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect


class Migration(migrations.Migration):
    dependencies = [("homeward", "0012_settlement_claims")]

    operations = [
        Protect("homeward_settlementclaim"),
        HideFromNarrow("homeward_settlementclaim"),
        KeepHistory("homeward_settlementclaim"),
    ]
