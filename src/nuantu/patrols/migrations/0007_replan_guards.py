"""A proposed change is seen with its week; its earlier versions are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("patrols", "0006_replans"), ("core", "0003_row_history")]

    operations = [
        ProtectThrough("patrols_patrolreplan", parent="patrols_patrolweek", column="week_id"),
        KeepHistory("patrols_patrolreplan"),
    ]
