"""The roster is seen by the organisation of the team and who oversees it; consents with their week,
who came with the run. Earlier versions are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("patrols", "0016_joint_roster")]

    operations = [
        Protect("patrols_jointpartner"),
        ProtectThrough("patrols_weekconsent", parent="patrols_patrolweek", column="week_id"),
        ProtectThrough("patrols_runpartner", parent="patrols_patrolrun", column="run_id"),
        KeepHistory("patrols_jointpartner"),
        KeepHistory("patrols_weekconsent"),
        KeepHistory("patrols_runpartner"),
    ]
