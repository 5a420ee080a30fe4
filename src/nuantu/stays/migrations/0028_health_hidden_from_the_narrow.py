"""Kitchen, security and whoever else may not see people and cases read no medical row, and no complaint."""

from django.db import migrations

from nuantu.core.rls import HideFromNarrow

MEDICAL = (
    "screening",
    "hospitalcare",
    "bill",
    "infection",
    "death",
    "medication",
    "healthnote",
    "complaint",
)


class Migration(migrations.Migration):
    dependencies = [("stays", "0027_another_account_decides")]

    operations = [HideFromNarrow(f"stays_{table}") for table in MEDICAL]
