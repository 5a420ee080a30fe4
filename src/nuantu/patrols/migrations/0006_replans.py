"""Changes of a week while it is walked: proposed, confirmed, undone."""

import django.db.models.deletion
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0005_register_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatrolReplan",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("team_lost", "队伍出不了"),
                            ("urgent", "紧急加一站"),
                            ("road_closed", "道路不通"),
                            ("cadence", "巡查频次提高"),
                        ],
                        max_length=12,
                    ),
                ),
                ("event", models.JSONField()),
                ("half", models.PositiveSmallIntegerField()),
                ("happened_at", models.DateTimeField()),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                ("figures", models.JSONField(default=dict)),
                ("is_searched", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待确认"),
                            ("confirmed", "已确认"),
                            ("set_aside", "没有采用"),
                            ("undone", "已撤销"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replans",
                        to="patrols.patrolweek",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["week", "-recorded_at"], name="patrols_replan_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("half__lt", 14)),
                        name="patrols_patrolreplan_lies_in_the_week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "proposed"), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="patrols_patrolreplan_decided_says_when",
                    ),
                ],
            },
        ),
    ]
