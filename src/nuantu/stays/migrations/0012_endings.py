"""Ending help asked for and approved; women who care for women; the register by day of entry."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0003_row_history"),
        ("stays", "0011_custody_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
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
                ("ground", models.CharField(max_length=40)),
                ("facts", models.CharField(max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等批准"),
                            ("approved", "已批准"),
                            ("declined", "不批准"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="WomensCarer",
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
                ("added_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                fields=["owner_org", "-entered_at", "-id"], name="stays_stay_register"
            ),
        ),
        migrations.AddField(
            model_name="ending",
            name="stay",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="stays.stay"
            ),
        ),
        migrations.AddField(
            model_name="womenscarer",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="stays_ending_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", ""), _negated=True), models.Q(("facts", ""), _negated=True)
                ),
                name="stays_ending_has_ground_and_facts",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by", ""), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_ending_decided_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("stay",),
                name="stays_ending_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="womenscarer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("owner_org", "user"),
                name="stays_womenscarer_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="womenscarer",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", True)),
                name="stays_womenscarer_names_no_case",
            ),
        ),
    ]
