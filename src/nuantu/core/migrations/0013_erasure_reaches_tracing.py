"""An erasure also reaches the earlier versions of what the tracing desk put down; some rows name no case."""

from importlib import import_module

from django.db import migrations

_REPORTS = import_module("nuantu.core.migrations.0012_erasure_reaches_reports")
BEFORE = "of_table = 'tracing_missingreport'"
FUNCTION = _REPORTS.FUNCTION.replace(BEFORE, "starts_with(of_table, 'tracing_')")


class Migration(migrations.Migration):
    dependencies = [("core", "0012_erasure_reaches_reports")]

    operations = [migrations.RunSQL(FUNCTION, _REPORTS.FUNCTION)]
