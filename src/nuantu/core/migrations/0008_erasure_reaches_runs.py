"""An erasure also reaches the earlier versions of a patrol run, whose note may tell of somebody met."""

from importlib import import_module

from django.db import migrations

_ERASURE = import_module("nuantu.core.migrations.0007_erasure_reaches_patrols")
BEFORE = "of_table = 'patrols_patrolvisit'"
FUNCTION = _ERASURE.FUNCTION.replace(
    BEFORE, "of_table IN ('patrols_patrolvisit', 'patrols_patrolrun')"
)


class Migration(migrations.Migration):
    dependencies = [("core", "0007_erasure_reaches_patrols")]

    operations = [migrations.RunSQL(FUNCTION, _ERASURE.FUNCTION)]
