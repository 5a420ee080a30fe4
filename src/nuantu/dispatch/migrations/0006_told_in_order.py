"""Who is told one after the other about somebody from elsewhere (P10-24)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0005_patrols_sent_past"),
        ("persons", "0008_minors_are_restricted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tip",
            name="urgent_flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("minor", "孩子"),
                        ("elderly", "老人"),
                        ("injured", "受伤"),
                        ("critical", "病重、昏迷"),
                        ("drunk", "醉酒"),
                        ("trapped", "被困"),
                        ("thin_clothes", "衣着单薄"),
                        ("immobile", "行动不便"),
                        ("mental", "精神异常"),
                        ("danger", "威胁安全"),
                        ("trafficked", "疑似被拐"),
                        ("non_local", "外地人员"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="OrderedNotice",
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
                ("rank", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=32)),
                ("basis", models.CharField(max_length=300)),
                ("term_minutes", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "待通知"), ("told", "已通知"), ("not_needed", "不需要")],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话"),
                            ("radio", "对讲机"),
                            ("in_person", "当面"),
                            ("message", "短信、工作群"),
                            ("system", "系统"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=120)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("early_reason", models.CharField(blank=True, max_length=300)),
                (
                    "of_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.case",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ordered",
                        to="dispatch.tip",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("starts_at__isnull", True), ("state", "due")),
                        fields=["asked_at"],
                        name="dispatch_ordered_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("of_case__isnull", True)),
                        fields=("tip", "recipient"),
                        name="dispatch_orderednotice_once_of_a_tip",
                    ),
                    models.UniqueConstraint(
                        fields=("of_case", "recipient"),
                        name="dispatch_orderednotice_once_of_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tip__isnull", False), ("of_case__isnull", False), _connector="OR"
                        ),
                        name="dispatch_orderednotice_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", True), ("starts_at__isnull", True)),
                            models.Q(
                                ("due_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_orderednotice_clock_has_both_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "told"), _negated=True),
                            models.Q(
                                ("told_at__isnull", False),
                                models.Q(("way", ""), _negated=True),
                                models.Q(("by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_orderednotice_told_when_how_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_needed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dispatch_orderednotice_left_out_for_a_reason",
                    ),
                ],
            },
        ),
        Protect("dispatch_orderednotice"),
        KeepHistory("dispatch_orderednotice"),
    ]
