"""Sweeps: areas, reports, looks, finds; the inflow and outflow list."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0006_plan_documents"),
        ("patrols", "0009_track_guards"),
        ("places", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="FlowEntry",
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
                (
                    "direction",
                    models.CharField(choices=[("out", "流出"), ("in", "流入")], max_length=3),
                ),
                ("called_as", models.CharField(max_length=60)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("whereabouts", models.CharField(max_length=200)),
                ("known", models.CharField(blank=True, max_length=500)),
                ("secret", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("claimed", "自述"),
                            ("estimated", "估计"),
                            ("verified", "已核实"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("since_date", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["division_code", "direction"],
                        name="patrols_flowentry_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_as", ""), _negated=True),
                            models.Q(("whereabouts", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="patrols_flowentry_says_who_where_and_whence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(
                                ("ended_at__gte", models.F("recorded_at")),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="patrols_flowentry_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
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
                ("name", models.CharField(max_length=120)),
                ("basis", models.CharField(max_length=200)),
                ("clause", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("ordered_by", models.CharField(max_length=120)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=120)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.operation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SweepArea",
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
                ("grid", models.CharField(blank=True, max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("person", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "未开始"),
                            ("under_way", "排查中"),
                            ("reported", "已上报"),
                            ("accepted", "已认可"),
                            ("sent_back", "已退回"),
                            ("cut", "已细分"),
                        ],
                        default="not_begun",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="patrols.sweeparea",
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="patrols.sweep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SweepReport",
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
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=120)),
                ("lookers", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                ("handed_by", models.CharField(blank=True, max_length=120)),
                ("handed_by_id", models.UUIDField(blank=True, null=True)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "待审核"), ("accepted", "认可"), ("sent_back", "退回")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("judged_by", models.CharField(blank=True, max_length=120)),
                ("word", models.CharField(blank=True, max_length=300)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="patrols.sweeparea",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SweepLook",
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
                ("kind", models.CharField(max_length=40)),
                ("count", models.PositiveSmallIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="patrols.sweepreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SweepFind",
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
                    "what",
                    models.CharField(
                        choices=[("person", "见到一个人"), ("place", "有人住过的地方")],
                        max_length=6,
                    ),
                ),
                ("place", models.CharField(max_length=80)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("found_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=120)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finds",
                        to="patrols.sweepreport",
                    ),
                ),
            ],
            options={
                "ordering": ["found_at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="sweep",
            index=models.Index(fields=["owner_org", "-recorded_at"], name="patrols_sweep_newest"),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clause", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_sweep_rests_on_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("recorded_at"))),
                name="patrols_sweep_is_due_later",
            ),
        ),
        migrations.AddIndex(
            model_name="sweeparea",
            index=models.Index(fields=["owner_org", "due_at"], name="patrols_sweeparea_by_owner"),
        ),
        migrations.AddIndex(
            model_name="sweeparea",
            index=models.Index(fields=["sweep", "state"], name="patrols_sweeparea_by_state"),
        ),
        migrations.AddConstraint(
            model_name="sweeparea",
            constraint=models.UniqueConstraint(
                fields=("sweep", "division_code", "grid"), name="patrols_sweeparea_once_in_a_sweep"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweeparea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assigned_at__isnull", False),
                    ("state__in", ["not_begun", "cut"]),
                    _connector="OR",
                ),
                name="patrols_sweeparea_who_reports_answers_for_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepreport",
            constraint=models.UniqueConstraint(
                fields=("area", "number"), name="patrols_sweepreport_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_at__isnull", True),
                    models.Q(
                        ("handed_at__gte", models.F("begun_at")),
                        models.Q(("lookers", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="patrols_sweepreport_says_who_looked",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", ""),
                    models.Q(("handed_at__isnull", False), ("judged_at__isnull", False)),
                    _connector="OR",
                ),
                name="patrols_sweepreport_is_judged_after_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "sent_back"), _negated=True),
                    models.Q(("word", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_sweepreport_sent_back_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweeplook",
            constraint=models.UniqueConstraint(
                fields=("report", "kind"), name="patrols_sweeplook_one_line_per_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepfind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject_id__isnull", True),
                    models.Q(("subject_kind", ""), _negated=True),
                    _connector="OR",
                ),
                name="patrols_sweepfind_names_what_it_led_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepfind",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), _negated=True),
                name="patrols_sweepfind_says_where",
            ),
        ),
    ]
