"""What a search told while it ran, for a plot."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0011_sweep_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="patrolsearch",
            name="trail",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(), blank=True, default=list, size=None
            ),
        ),
    ]
