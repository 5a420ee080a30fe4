"""The signs that sent somebody to a hospital get a sealed column."""

from django.db import migrations

import nuantu.core.fields


class Migration(migrations.Migration):
    dependencies = [("stays", "0029_foster_family_and_education")]

    operations = [
        migrations.AddField(
            "hospitalcare",
            "seen",
            nuantu.core.fields.SealedTextField(blank=True, default=""),
        ),
    ]
