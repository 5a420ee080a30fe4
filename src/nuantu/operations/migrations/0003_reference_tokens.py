"""Which plans are in force is remembered until one of them changes."""

from django.db import migrations

from nuantu.core.reference import RenewToken


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_guards"), ("core", "0004_reference_tokens")]

    operations = [RenewToken("operations_operation", "plans")]
