"""An uploaded division table and how far its import is."""

from django.db import migrations, models

import nuantu.core.clock
import nuantu.core.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_organisation_hours")]

    operations = [
        migrations.CreateModel(
            name="DivisionImport",
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
                ("content", models.TextField()),
                ("edition_date", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "等待确认"),
                            ("waiting", "排队中"),
                            ("running", "正在导入"),
                            ("done", "已完成"),
                            ("failed", "没有导入"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("abolished", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("made_by", models.CharField(max_length=60)),
                ("actor_id", models.CharField(max_length=64)),
                ("actor_org", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(default=nuantu.core.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)),
                        name="accounts_divisionimport_at_most_all_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False), ("state__in", ["done", "failed"])
                        )
                        | models.Q(
                            ("ended_at__isnull", True),
                            ("state__in", ["draft", "waiting", "running"]),
                        ),
                        name="accounts_divisionimport_ended_when_over",
                    ),
                ]
            },
        ),
    ]
