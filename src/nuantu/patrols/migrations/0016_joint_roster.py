"""The joint-patrol roster, the word of a department on a week, who came; why a week went without one."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0007_team_partners"),
        ("patrols", "0015_warned_sweeps"),
    ]

    operations = [
        migrations.AddField(
            model_name="patrolweek",
            name="approved_word",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="patrolweek",
            name="published_word",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name="JointPartner",
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
                ("department", models.CharField(max_length=30)),
                ("unit", models.CharField(max_length=60)),
                ("person", models.CharField(max_length=60)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("both", "白天和夜间"), ("day", "白天"), ("night", "夜间")],
                        default="both",
                        max_length=5,
                    ),
                ),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(blank=True, null=True)),
                ("noted_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunPartner",
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
                ("has_come", models.BooleanField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patrols.jointpartner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="patrols.patrolrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WeekConsent",
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
                ("department", models.CharField(max_length=30)),
                ("person", models.CharField(max_length=60)),
                ("said_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="patrols.patrolweek",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="jointpartner",
            index=models.Index(fields=["team", "from_day"], name="patrols_jointpartner_by_team"),
        ),
        migrations.AddConstraint(
            model_name="jointpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_day__isnull", True),
                    ("until_day__gte", models.F("from_day")),
                    _connector="OR",
                ),
                name="patrols_jointpartner_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unit", ""), _negated=True), models.Q(("person", ""), _negated=True)
                ),
                name="patrols_jointpartner_names_who_comes",
            ),
        ),
        migrations.AddConstraint(
            model_name="runpartner",
            constraint=models.UniqueConstraint(
                fields=("run", "partner"), name="patrols_runpartner_one_word_per_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="weekconsent",
            constraint=models.UniqueConstraint(
                fields=("week", "department"), name="patrols_weekconsent_one_per_department"
            ),
        ),
    ]
