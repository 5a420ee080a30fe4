"""Bills of hospitals with their lines and the three payers there are."""

import django.db.models.deletion
import django.db.models.expressions
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0003_row_history"),
        ("stays", "0005_safety_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bill",
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
                ("number", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "核对中"),
                            ("disputed", "有疑问，退医院核实"),
                            ("settled", "已核定"),
                            ("returned", "不由救助付，已退回"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
                ("total_fen", models.PositiveIntegerField()),
                ("insurance_fen", models.PositiveIntegerField(blank=True, null=True)),
                ("insurance_note", models.CharField(blank=True, max_length=120)),
                ("assistance_fen", models.PositiveIntegerField(blank=True, null=True)),
                ("assistance_note", models.CharField(blank=True, max_length=120)),
                ("station_fen", models.PositiveIntegerField(blank=True, null=True)),
                ("station_note", models.CharField(blank=True, max_length=120)),
                ("dispute", models.CharField(blank=True, max_length=300)),
                ("disputed_at", models.DateTimeField(blank=True, null=True)),
                ("dispute_answer", models.CharField(blank=True, max_length=300)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=120)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_by", models.CharField(blank=True, max_length=120)),
                (
                    "care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bills",
                        to="stays.hospitalcare",
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
            ],
        ),
        migrations.CreateModel(
            name="BillLine",
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
                ("item", models.CharField(max_length=60)),
                ("is_by_day", models.BooleanField(default=False)),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("unit_fen", models.PositiveIntegerField()),
                ("amount_fen", models.PositiveIntegerField()),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="stays.bill",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="bill",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "disputed"])),
                fields=["owner_org", "-entered_at"],
                name="stays_bill_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)), name="stays_bill_belongs_to_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.UniqueConstraint(
                fields=("care", "number"), name="stays_bill_entered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="stays_bill_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_date__gte", models.F("from_date"))),
                name="stays_bill_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assistance_fen__isnull", True),
                    ("insurance_fen__isnull", False),
                    _connector="OR",
                ),
                name="stays_bill_insurance_answers_before_assistance",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("station_fen__isnull", True),
                    ("assistance_fen__isnull", False),
                    _connector="OR",
                ),
                name="stays_bill_assistance_answers_before_the_station",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("insurance_fen", 0), _negated=True),
                    models.Q(("insurance_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_bill_insurance_pays_nothing_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assistance_fen", 0), _negated=True),
                    models.Q(("assistance_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_bill_assistance_pays_nothing_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "settled"), _negated=True),
                    models.Q(
                        ("station_fen__isnull", False),
                        (
                            "total_fen",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("insurance_fen"), "+", models.F("assistance_fen")
                                ),
                                "+",
                                models.F("station_fen"),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="stays_bill_settled_to_the_fen",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "disputed"), _negated=True),
                    models.Q(("dispute", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_bill_disputed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    ("station_fen__isnull", True),
                    _connector="OR",
                ),
                name="stays_bill_returned_is_not_paid_by_the_station",
            ),
        ),
        migrations.AddConstraint(
            model_name="billline",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", ""), _negated=True), name="stays_billline_names_an_item"
            ),
        ),
        migrations.AddConstraint(
            model_name="billline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="stays_billline_counts_something"
            ),
        ),
        Protect("stays_bill"),
        ProtectThrough("stays_billline", parent="stays_bill", column="bill_id"),
        KeepHistory("stays_bill"),
    ]
