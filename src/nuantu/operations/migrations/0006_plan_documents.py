"""Plan documents that are read into draft plans."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import nuantu.core.clock
import nuantu.core.ids
from nuantu.core.rls import Protect

STATES = [
    ("waiting", "等待阅读"),
    ("reading", "正在阅读"),
    ("read", "已读"),
    ("failed", "没有读成"),
    ("adopted", "已启动"),
]


class Migration(migrations.Migration):
    dependencies = [("operations", "0005_plan_versions")]

    operations = [
        migrations.CreateModel(
            name="PlanDocument",
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
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("year", models.PositiveSmallIntegerField()),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=10)),
                ("step", models.PositiveIntegerField(default=0)),
                ("steps", models.PositiveIntegerField(default=0)),
                ("doing", models.CharField(blank=True, max_length=40)),
                ("reading", models.JSONField(default=dict)),
                ("draft", models.TextField(blank=True)),
                ("draft_version", models.PositiveIntegerField(default=0)),
                (
                    "accepted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("handed_in_by", models.CharField(max_length=120)),
                ("handed_in_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
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
            options={
                "indexes": [
                    models.Index(
                        fields=["owner_org", "-handed_in_at"], name="operations_doc_by_owner"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "adopted"), _negated=True),
                            ("operation__isnull", False),
                            _connector="OR",
                        ),
                        name="operations_plandocument_adopted_has_its_operation",
                    )
                ],
            },
        ),
        Protect("operations_plandocument"),
    ]
