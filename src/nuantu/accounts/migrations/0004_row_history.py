"""Earlier versions of accounts, organisations and grants are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_notification_channels"), ("core", "0003_row_history")]

    operations = [
        KeepHistory("accounts_organisation"),
        KeepHistory("accounts_user"),
        KeepHistory("accounts_grant"),
        KeepHistory("accounts_apitoken"),
    ]
