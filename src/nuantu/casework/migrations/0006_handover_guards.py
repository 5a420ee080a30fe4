"""Who sees the hand-over of a plan: whoever sees the plan."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, ProtectThrough

TABLE = "casework_planhandover"


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_handover")]

    operations = [
        ProtectThrough(TABLE, parent="casework_caseplan", column="plan_id"),
        HideFromNarrow(TABLE),
        KeepHistory(TABLE),
    ]
