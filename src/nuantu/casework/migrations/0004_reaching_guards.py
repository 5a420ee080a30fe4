"""Who sees whom a plan reaches: whoever sees the plan."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, ProtectThrough

OF_PLANS = ("familyconsent", "referral", "disclosure", "conference")


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_reaching")]

    operations = [
        *(
            ProtectThrough(f"casework_{name}", parent="casework_caseplan", column="plan_id")
            for name in OF_PLANS
        ),
        *(HideFromNarrow(f"casework_{name}") for name in OF_PLANS),
        *(KeepHistory(f"casework_{name}") for name in OF_PLANS),
    ]
