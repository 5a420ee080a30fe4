"""Who sees the register: the team's organisation and whoever oversees the county.

A checklist is no secret between organisations: a team reads the one of its bureau.
"""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("patrols", "0004_patrol_register"), ("core", "0007_erasure_reaches_patrols")]

    operations = [
        Protect("patrols_patrolrun"),
        ProtectThrough("patrols_patrolvisit", parent="patrols_patrolrun", column="run_id"),
        ProtectThrough("patrols_patrolcheck", parent="patrols_patrolrun", column="run_id"),
        ProtectThrough("patrols_patrolphoto", parent="patrols_patrolvisit", column="visit_id"),
        ProtectThrough("patrols_patrolcontact", parent="patrols_patrolvisit", column="visit_id"),
        Protect("patrols_patrolchecklist", staff_select="true"),
        KeepHistory("patrols_patrolrun"),
        KeepHistory("patrols_patrolvisit"),
    ]
