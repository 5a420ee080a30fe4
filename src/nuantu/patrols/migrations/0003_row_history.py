"""Earlier versions of a week are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("patrols", "0002_guards"), ("core", "0003_row_history")]

    operations = [KeepHistory("patrols_patrolweek")]
