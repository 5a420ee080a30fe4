"""An erasure also reaches the earlier versions of missing-person reports, most of which name no case."""

from importlib import import_module

from django.db import migrations

_STATIONS = import_module("nuantu.core.migrations.0011_erasure_reaches_stations")
BEFORE = "starts_with(of_table, 'stays_')"
FUNCTION = _STATIONS.FUNCTION.replace(BEFORE, f"{BEFORE} OR of_table = 'tracing_missingreport'")


class Migration(migrations.Migration):
    dependencies = [("core", "0011_erasure_reaches_stations")]

    operations = [migrations.RunSQL(FUNCTION, _STATIONS.FUNCTION)]
