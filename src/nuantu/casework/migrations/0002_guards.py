"""Who sees plans and risks: the body that holds the case and whoever oversees its place; nobody who sees no people."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough

OF_CASES = ("caseplan", "riskmark", "safetyplan")
OF_PLANS = ("casegoal", "teammember", "supporter", "casesession")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_plans_and_risks")]

    operations = [
        *(Protect(f"casework_{name}") for name in OF_CASES),
        *(
            ProtectThrough(f"casework_{name}", parent="casework_caseplan", column="plan_id")
            for name in OF_PLANS
        ),
        *(HideFromNarrow(f"casework_{name}") for name in (*OF_CASES, *OF_PLANS)),
        *(KeepHistory(f"casework_{name}") for name in (*OF_CASES, *OF_PLANS)),
    ]
