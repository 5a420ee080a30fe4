"""The shifts that would keep broken promises of a week."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0013_forgotten_flows"),
    ]

    operations = [
        migrations.AddField(
            model_name="patrolweek",
            name="mends",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
