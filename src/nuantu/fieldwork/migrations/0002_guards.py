"""Who sees what a phone sent: its user's organisation, and whoever oversees the county."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_phones_and_commands"), ("core", "0003_row_history")]

    operations = [
        Protect("fieldwork_fielddevice"),
        Protect("fieldwork_fieldcommand"),
        Protect("fieldwork_reviewcard"),
        ProtectThrough(
            "fieldwork_commandfile", parent="fieldwork_fieldcommand", column="command_id"
        ),
        KeepHistory("fieldwork_fielddevice"),
        KeepHistory("fieldwork_fieldcommand"),
        KeepHistory("fieldwork_reviewcard"),
    ]
