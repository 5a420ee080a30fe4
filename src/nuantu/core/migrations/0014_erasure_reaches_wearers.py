"""An erasure also reaches the earlier versions of what was kept of a wearer and of his wristband."""

from importlib import import_module

from django.db import migrations

_TRACING = import_module("nuantu.core.migrations.0013_erasure_reaches_tracing")
BEFORE = "starts_with(of_table, 'tracing_')"
FUNCTION = _TRACING.FUNCTION.replace(BEFORE, f"{BEFORE} OR starts_with(of_table, 'homeward_')")


class Migration(migrations.Migration):
    dependencies = [("core", "0013_erasure_reaches_tracing")]

    operations = [migrations.RunSQL(FUNCTION, _TRACING.FUNCTION)]
