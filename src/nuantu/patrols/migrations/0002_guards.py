"""Who sees a week: its holder and whoever oversees the county. Its parts are seen with it."""

from django.db import migrations

from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("patrols", "0001_patrol_weeks"), ("accounts", "0002_grants_open_cases")]

    operations = [
        Protect("patrols_patrolweek"),
        ProtectThrough("patrols_patrolsearch", parent="patrols_patrolweek", column="week_id"),
        ProtectThrough("patrols_patrolroute", parent="patrols_patrolweek", column="week_id"),
        ProtectThrough("patrols_patrolstop", parent="patrols_patrolroute", column="route_id"),
    ]
