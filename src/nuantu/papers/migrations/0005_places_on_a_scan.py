"""Which places are signed on the picture of a sheet."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_own_templates")]

    operations = [
        migrations.AddField(
            model_name="papersignature",
            name="places",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
    ]
