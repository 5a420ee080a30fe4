"""Patrol weeks, the search behind them, routes and stops."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("operations", "0006_plan_documents"),
        ("places", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatrolWeek",
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
                ("division_code", models.CharField(db_index=True, max_length=12)),
                ("owner_org", models.CharField(db_index=True, max_length=40)),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(default=nuantu.core.clock.now, editable=False),
                ),
                ("first_day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草案"),
                            ("approved", "已批准"),
                            ("published", "已下发"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("level", models.CharField(max_length=24)),
                ("promised", models.PositiveIntegerField(default=0)),
                ("missing", models.PositiveIntegerField(blank=True, null=True)),
                ("missing_before", models.PositiveIntegerField(blank=True, null=True)),
                ("encounters", models.FloatField(blank=True, null=True)),
                ("value", models.FloatField(blank=True, null=True)),
                ("bound", models.FloatField(blank=True, null=True)),
                ("unmet", models.JSONField(blank=True, default=list)),
                ("asked_by", models.CharField(max_length=120)),
                ("approved_by", models.CharField(blank=True, max_length=120)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.CharField(blank=True, max_length=120)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.operation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PatrolSearch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待排班"),
                            ("running", "正在排班"),
                            ("done", "排完"),
                            ("failed", "没有排成"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("lacking", models.PositiveIntegerField(blank=True, null=True)),
                ("seconds", models.PositiveSmallIntegerField()),
                ("seed", models.PositiveIntegerField(default=1)),
                ("problem", models.JSONField()),
                ("problem_digest", models.CharField(max_length=64)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "basis",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField()),
                (
                    "week",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search",
                        to="patrols.patrolweek",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PatrolRoute",
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
                ("half", models.PositiveSmallIntegerField()),
                ("leaves_at", models.DateTimeField()),
                ("back_at", models.DateTimeField()),
                (
                    "shift",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="operations.shift",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.team",
                    ),
                ),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="patrols.patrolweek",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PatrolStop",
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
                ("number", models.PositiveSmallIntegerField()),
                ("arrives_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField()),
                ("is_promised", models.BooleanField(default=True)),
                (
                    "key_location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.keylocation",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stops",
                        to="patrols.patrolroute",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("route", "number"), name="patrols_patrolstop_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaves_at__gte", models.F("arrives_at"))),
                        name="patrols_patrolstop_leaves_after_it_came",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="patrolweek",
            index=models.Index(
                fields=["owner_org", "-first_day"], name="patrols_patrolweek_by_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolweek",
            constraint=models.UniqueConstraint(
                fields=("division_code", "first_day"),
                name="patrols_patrolweek_one_plan_per_county_and_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__iso_week_day", 1)),
                name="patrols_patrolweek_begins_on_a_monday",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolweek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("approved_at__isnull", False), ("missing__isnull", False)),
                    _connector="OR",
                ),
                name="patrols_patrolweek_approved_is_planned",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolweek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="patrols_patrolweek_published_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__lte", 100)),
                name="patrols_patrolsearch_is_at_most_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolroute",
            constraint=models.UniqueConstraint(
                fields=("week", "team", "half"), name="patrols_patrolroute_one_per_team_and_half"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolroute",
            constraint=models.CheckConstraint(
                condition=models.Q(("half__lt", 14)), name="patrols_patrolroute_lies_in_the_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolroute",
            constraint=models.CheckConstraint(
                condition=models.Q(("back_at__gte", models.F("leaves_at"))),
                name="patrols_patrolroute_comes_back_later",
            ),
        ),
    ]
