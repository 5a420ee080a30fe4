"""An erasure also reaches the earlier versions of the rows below a stay, which name no case themselves."""

from importlib import import_module

from django.db import migrations

_SWEEPS = import_module("nuantu.core.migrations.0009_erasure_reaches_sweeps")
BEFORE = "starts_with(of_table, 'encounters_')"
FUNCTION = _SWEEPS.FUNCTION.replace(BEFORE, f"{BEFORE} OR starts_with(of_table, 'stays_')")


class Migration(migrations.Migration):
    dependencies = [("core", "0010_lines_appended_together")]

    operations = [migrations.RunSQL(FUNCTION, _SWEEPS.FUNCTION)]
