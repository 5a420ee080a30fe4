"""Families who claim somebody who is settled, and what each was answered."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("homeward", "0011_contact_book"),
    ]

    operations = [
        migrations.CreateModel(
            name="SettlementClaim",
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
                ("number", models.PositiveSmallIntegerField()),
                ("claimant", models.CharField(max_length=60)),
                ("relation", models.CharField(max_length=40)),
                ("phone", nuantu.core.fields.SealedTextField()),
                ("words", models.CharField(max_length=300)),
                ("claimed_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                ("noted_by_id", models.UUIDField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "认定是他的家人"),
                            ("refused", "不是同一人"),
                            ("withdrawn", "对方撤回"),
                        ],
                        max_length=9,
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("paper", models.CharField(blank=True, max_length=120)),
                ("checked", models.CharField(blank=True, max_length=200)),
                ("told", models.CharField(blank=True, max_length=400)),
                (
                    "told_way",
                    models.CharField(
                        blank=True,
                        choices=[("phone", "电话"), ("paper", "书面送达"), ("person", "当面")],
                        max_length=6,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                ("answered_by_id", models.UUIDField(blank=True, null=True)),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="homeward.settlement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("settlement", "number"), name="homeward_settlementclaim_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "accepted")),
                        fields=("settlement",),
                        name="homeward_settlementclaim_one_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case_id__isnull", False)),
                        name="homeward_settlementclaim_belongs_to_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                                models.Q(("told", ""), _negated=True),
                                models.Q(("told_way", ""), _negated=True),
                                ("answered_at__gte", models.F("claimed_at")),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="homeward_settlementclaim_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "accepted"), _negated=True),
                            models.Q(
                                models.Q(("paper", ""), _negated=True),
                                models.Q(
                                    ("answered_by_id", models.F("noted_by_id")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="homeward_settlementclaim_two_accept",
                    ),
                ],
            },
        ),
    ]
