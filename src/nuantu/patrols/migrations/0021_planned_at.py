"""When the routes of a week were last written: an agreement given before counts no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0020_urgent_points")]

    operations = [
        migrations.AddField(
            model_name="patrolweek",
            name="planned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
