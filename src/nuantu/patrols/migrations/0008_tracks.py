"""What the desk enters for a team: who told it, and the tracks of devices."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0007_replan_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="patrolvisit",
            name="entered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patrolvisit",
            name="told_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.CreateModel(
            name="PatrolTrack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=nuantu.core.ids.new_id, editable=False, unique=True),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "seconds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None
                    ),
                ),
                (
                    "lats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), size=None
                    ),
                ),
                (
                    "lons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), size=None
                    ),
                ),
                ("jump_count", models.PositiveIntegerField(default=0)),
                ("loaded_by", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("keep_until_date", models.DateField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="patrols.patrolrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "digest"), name="patrols_patroltrack_one_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("began_at"))),
                        name="patrols_patroltrack_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
