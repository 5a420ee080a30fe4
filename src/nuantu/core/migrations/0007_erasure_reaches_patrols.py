"""An erasure also reaches the earlier versions of a patrol's stops, where somebody was met."""

from importlib import import_module

from django.db import migrations

_ERASURE = import_module("nuantu.core.migrations.0006_erasure_names_its_line")
BEFORE = "starts_with(of_table, 'encounters_')"
FUNCTION = _ERASURE.FUNCTION.replace(BEFORE, f"{BEFORE} OR of_table = 'patrols_patrolvisit'")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_erasure_names_its_line")]

    operations = [migrations.RunSQL(FUNCTION, _ERASURE.FUNCTION)]
