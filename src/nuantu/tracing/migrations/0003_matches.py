"""Suspected matches of people whom nobody can name, what was checked, and when they were compared."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0008_minors_are_restricted"),
        ("tracing", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Match",
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
                ("holder_org", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "疑似匹配"),
                            ("proposed", "待第二人确认"),
                            ("confirmed", "已确认"),
                            ("rejected", "已排除"),
                            ("faded", "不再相像"),
                            ("ended", "一方已了结"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("posterior", models.FloatField()),
                ("score", models.FloatField()),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("generation", models.BigIntegerField()),
                ("compared_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
                ("is_again", models.BooleanField(default=False)),
                ("proposed_by", models.CharField(blank=True, max_length=120)),
                ("proposed_by_id", models.UUIDField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("proposed_reason", models.CharField(blank=True, max_length=300)),
                ("confirmed_by", models.CharField(blank=True, max_length=120)),
                ("confirmed_by_id", models.UUIDField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "found_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("match", "比对寻人登记"),
                            ("notice", "寻亲公告"),
                            ("dna", "DNA比对"),
                            ("police", "公安核查"),
                            ("talk", "谈话线索"),
                            ("lead", "公众线索"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                    ),
                ),
                ("rejected_by", models.CharField(blank=True, max_length=120)),
                ("rejected_at", models.DateTimeField(blank=True, null=True)),
                ("rejected_reason", models.CharField(blank=True, max_length=300)),
                ("rejected_score", models.FloatField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=120)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=300)),
                (
                    "fact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="persons.personfact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="tracing.missingreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchCheck",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("willing", "单独问本人：愿不愿意让家里知道"),
                            ("question", "只有家人答得出的问题"),
                            ("photo_person", "给本人看寻亲人的照片"),
                            ("photo_family", "给寻亲人看本人的照片"),
                            ("dna", "DNA比对（公安）"),
                            ("police", "公安核实"),
                        ],
                        max_length=12,
                    ),
                ),
                ("question", models.CharField(max_length=200)),
                ("person_said", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("family_said", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("fits", "对得上"),
                            ("unsure", "说不准"),
                            ("contradicts", "对不上"),
                            ("not_done", "做不了"),
                        ],
                        max_length=11,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("checked_by", models.CharField(max_length=120)),
                ("checked_at", models.DateTimeField()),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="tracing.match",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comparison",
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
                ("asked_hash", models.CharField(max_length=64)),
                ("generation", models.BigIntegerField()),
                ("report_count", models.PositiveIntegerField()),
                ("absent", models.FloatField()),
                ("is_thin", models.BooleanField()),
                ("compared_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case_id",), name="tracing_comparison_once_per_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case_id__isnull", False)),
                        name="tracing_comparison_belongs_to_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent__gte", 0.0), ("absent__lte", 1.0)),
                        name="tracing_comparison_absent_is_a_share",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_org", "-posterior"],
                name="tracing_match_suspected",
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["owner_org", "-shown_at"], name="tracing_match_newest"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                fields=("case_id", "report"), name="tracing_match_one_row_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="tracing_match_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("posterior__gte", 0.0), ("posterior__lte", 1.0)),
                name="tracing_match_posterior_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("case_id",),
                name="tracing_match_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("report",),
                name="tracing_match_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["proposed", "confirmed"]), _negated=True),
                    models.Q(
                        ("proposed_at__isnull", False),
                        ("proposed_by_id__isnull", False),
                        models.Q(("proposed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_match_proposed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(
                        ("confirmed_at__gte", models.F("proposed_at")),
                        ("confirmed_by_id__isnull", False),
                        models.Q(("confirmed_by_id", models.F("proposed_by_id")), _negated=True),
                        models.Q(("found_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_match_confirmed_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(
                        ("rejected_at__isnull", False),
                        ("rejected_score__isnull", False),
                        models.Q(("rejected_reason", ""), _negated=True),
                        models.Q(("rejected_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_match_rejected_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="tracing_matchcheck_asks_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result__in", ["contradicts", "not_done"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_matchcheck_says_why_not",
            ),
        ),
        Protect("tracing_comparison"),
        Protect("tracing_match"),
        ProtectThrough("tracing_matchcheck", parent="tracing_match", column="match_id"),
        HideFromNarrow("tracing_comparison"),
        HideFromNarrow("tracing_match"),
        HideFromNarrow("tracing_matchcheck"),
    ]
