"""The register of patrols: runs, stops, photos, contacts, the checklist."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_erasure_reaches_patrols"),
        ("operations", "0006_plan_documents"),
        ("patrols", "0003_row_history"),
        ("places", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatrolChecklist",
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
                ("name", models.CharField(max_length=80)),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), size=None
                    ),
                ),
                ("loaded_by", models.CharField(max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["division_code", "-recorded_at"], name="patrols_checklist_newest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="patrols_patrolchecklist_has_a_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PatrolRun",
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
                ("week_id", models.UUIDField()),
                ("first_day", models.DateField()),
                ("half", models.PositiveSmallIntegerField()),
                ("planned_since", models.DateTimeField()),
                ("planned_until", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "没有出巡"),
                            ("under_way", "正在巡查"),
                            ("finished", "已收队"),
                            ("broken_off", "中止"),
                        ],
                        default="not_begun",
                        max_length=10,
                    ),
                ),
                ("level", models.CharField(blank=True, max_length=24)),
                ("crew", models.CharField(blank=True, max_length=300)),
                ("vehicle", models.CharField(blank=True, max_length=20)),
                ("km_out", models.PositiveIntegerField(blank=True, null=True)),
                ("km_in", models.PositiveIntegerField(blank=True, null=True)),
                ("checklist_name", models.CharField(blank=True, max_length=80)),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("begun_by", models.CharField(blank=True, max_length=120)),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("alarm_id", models.UUIDField(blank=True, null=True)),
                ("alarmed_at", models.DateTimeField(blank=True, null=True)),
                ("counted_id", models.UUIDField(blank=True, null=True)),
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
            name="PatrolCheck",
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
                ("text", models.CharField(max_length=200)),
                ("is_done", models.BooleanField(blank=True, null=True)),
                ("remark", models.CharField(blank=True, max_length=200)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="patrols.patrolrun",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PatrolVisit",
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
                ("place", models.CharField(max_length=200)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("is_promised", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未到"),
                            ("arrived", "已到达"),
                            ("nobody", "没有人"),
                            ("met", "见到人"),
                            ("skipped", "没有去"),
                        ],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("told_lat", models.FloatField(blank=True, null=True)),
                ("told_lon", models.FloatField(blank=True, null=True)),
                ("told_accuracy_metres", models.PositiveIntegerField(blank=True, null=True)),
                ("off_metres", models.PositiveIntegerField(blank=True, null=True)),
                ("people_count", models.PositiveSmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("recorded_by", models.CharField(blank=True, max_length=120)),
                (
                    "key_location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.keylocation",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="patrols.patrolrun",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PatrolPhoto",
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
                ("taken_at", models.DateTimeField()),
                ("keep_until_date", models.DateField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="patrols.patrolvisit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PatrolContact",
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
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="patrols.patrolvisit",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="patrolrun",
            index=models.Index(
                fields=["owner_org", "-planned_since"], name="patrols_patrolrun_by_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="patrolrun",
            index=models.Index(
                condition=models.Q(("state", "under_way")),
                fields=["heard_at"],
                name="patrols_patrolrun_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolrun",
            constraint=models.UniqueConstraint(
                fields=("team", "first_day", "half"), name="patrols_patrolrun_one_per_team_and_half"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begun_at__isnull", True), ("state", "not_begun")),
                    ("state", "broken_off"),
                    models.Q(("begun_at__isnull", False), ("state__in", ["under_way", "finished"])),
                    _connector="OR",
                ),
                name="patrols_patrolrun_under_way_has_begun",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["not_begun", "under_way"])),
                    models.Q(
                        ("ended_at__isnull", False), ("state__in", ["finished", "broken_off"])
                    ),
                    _connector="OR",
                ),
                name="patrols_patrolrun_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "broken_off"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_patrolrun_broken_off_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("km_in__isnull", True), ("km_in__gte", models.F("km_out")), _connector="OR"
                ),
                name="patrols_patrolrun_comes_back_with_more_kilometres",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolcheck",
            constraint=models.UniqueConstraint(
                fields=("run", "number"), name="patrols_patrolcheck_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_done__isnull", True),
                    ("is_done", True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_patrolcheck_not_done_is_explained",
            ),
        ),
        migrations.AddIndex(
            model_name="patrolvisit",
            index=models.Index(
                fields=["key_location", "-left_at"], name="patrols_visit_by_location"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.UniqueConstraint(
                fields=("run", "number"), name="patrols_patrolvisit_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at__isnull", True), ("state__in", ["planned", "skipped"])),
                    models.Q(
                        ("arrived_at__isnull", False),
                        ("left_at__isnull", True),
                        ("state", "arrived"),
                    ),
                    models.Q(
                        ("arrived_at__isnull", False),
                        ("left_at__isnull", False),
                        ("state__in", ["nobody", "met"]),
                    ),
                    _connector="OR",
                ),
                name="patrols_patrolvisit_done_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at__isnull", True),
                    ("left_at__gte", models.F("arrived_at")),
                    _connector="OR",
                ),
                name="patrols_patrolvisit_leaves_after_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "met"), _negated=True),
                    ("people_count__gt", 0),
                    _connector="OR",
                ),
                name="patrols_patrolvisit_met_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "nobody"), _negated=True),
                    ("people_count", 0),
                    _connector="OR",
                ),
                name="patrols_patrolvisit_nobody_is_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "skipped"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_patrolvisit_skipped_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_until_date__gt", models.F("taken_at__date"))),
                name="patrols_patrolphoto_is_kept_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="patrolcontact",
            constraint=models.UniqueConstraint(
                fields=("subject_kind", "subject_id"), name="patrols_patrolcontact_at_one_stop"
            ),
        ),
    ]
