"""A track is seen with its run."""

from django.db import migrations

from nuantu.core.rls import ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("patrols", "0008_tracks")]

    operations = [
        ProtectThrough("patrols_patroltrack", parent="patrols_patrolrun", column="run_id"),
    ]
