"""A closed road can be said to be open again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0018_grid_workers")]

    operations = [
        migrations.AlterField(
            model_name="patrolreplan",
            name="kind",
            field=models.CharField(
                choices=[
                    ("team_lost", "队伍出不了"),
                    ("urgent", "紧急加一站"),
                    ("road_closed", "道路不通"),
                    ("road_open", "道路已通"),
                    ("cadence", "巡查频次提高"),
                ],
                max_length=12,
            ),
        ),
    ]
