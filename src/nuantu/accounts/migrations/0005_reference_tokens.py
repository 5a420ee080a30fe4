"""Divisions and organisations are remembered until one of them changes."""

from django.db import migrations

from nuantu.core.reference import RenewToken


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_row_history"), ("core", "0004_reference_tokens")]

    operations = [
        RenewToken("accounts_division", "divisions"),
        RenewToken("accounts_organisation", "organisations"),
    ]
