"""Earlier versions of rows are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("operations", "0003_reference_tokens"), ("core", "0003_row_history")]

    operations = [
        KeepHistory("operations_operation"),
        KeepHistory("operations_duty"),
        KeepHistory("operations_handover"),
        KeepHistory("operations_team"),
        KeepHistory("operations_watchshift"),
    ]
