"""Earlier versions of rows are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_guards"), ("core", "0003_row_history")]

    operations = [
        KeepHistory("persons_person"),
        KeepHistory("persons_case"),
    ]
