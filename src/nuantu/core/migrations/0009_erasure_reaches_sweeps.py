"""An erasure also reaches the earlier versions of what a sweep found and of the inflow and outflow list."""

from importlib import import_module

from django.db import migrations

_RUNS = import_module("nuantu.core.migrations.0008_erasure_reaches_runs")
BEFORE = "'patrols_patrolrun')"
FUNCTION = _RUNS.FUNCTION.replace(
    BEFORE, "'patrols_patrolrun', 'patrols_sweepfind', 'patrols_flowentry')"
)


class Migration(migrations.Migration):
    dependencies = [("core", "0008_erasure_reaches_runs")]

    operations = [migrations.RunSQL(FUNCTION, _RUNS.FUNCTION)]
