"""Who sees a sweep: whoever ordered or oversees it, and whoever answers for one of its areas.

An area is seen by who answers for it and who oversees it, its reports and finds with it.
"""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough

OF_AN_AREA = "EXISTS (SELECT 1 FROM patrols_sweeparea a WHERE a.sweep_id = patrols_sweep.id)"


class Migration(migrations.Migration):
    dependencies = [("patrols", "0010_sweeps"), ("core", "0009_erasure_reaches_sweeps")]

    operations = [
        Protect("patrols_sweeparea"),
        Protect("patrols_sweep", staff_select=OF_AN_AREA),
        ProtectThrough("patrols_sweepreport", parent="patrols_sweeparea", column="area_id"),
        ProtectThrough("patrols_sweeplook", parent="patrols_sweepreport", column="report_id"),
        ProtectThrough("patrols_sweepfind", parent="patrols_sweepreport", column="report_id"),
        Protect("patrols_flowentry"),
        KeepHistory("patrols_sweep"),
        KeepHistory("patrols_sweeparea"),
        KeepHistory("patrols_sweepreport"),
        KeepHistory("patrols_sweepfind"),
        KeepHistory("patrols_flowentry"),
    ]
