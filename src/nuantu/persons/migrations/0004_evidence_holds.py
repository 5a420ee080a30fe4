"""Photos and videos may be held from deletion while something about them is open."""

import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceHold",
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
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("complaint", "投诉、意见没有办结"),
                            ("objection", "本人或家属有异议"),
                            ("legal", "司法、监察机关要求"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("asked_by", models.CharField(blank=True, max_length=120)),
                ("placed_by", models.CharField(max_length=120)),
                ("review_date", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["subject_kind", "subject_id"],
                        name="persons_evidencehold_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="persons_evidencehold_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(
                                ("ended_at__gte", models.F("recorded_at")),
                                models.Q(("ended_reason", ""), _negated=True),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="persons_evidencehold_ends_for_a_reason",
                    ),
                ],
            },
        ),
    ]
