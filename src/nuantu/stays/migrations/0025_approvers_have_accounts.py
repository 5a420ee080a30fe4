"""Who asks for the end of help, who decides on it and who gives a bed is an account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stays", "0024_screening_without_open_words")]

    operations = [
        migrations.AddField("ending", "asked_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddField("ending", "decided_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddField("bedstay", "given_by_id", models.UUIDField(blank=True, null=True)),
    ]
