"""A patient may be moved to another hospital; a bill is of the hospital that made it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, Q

import nuantu.core.fields
import nuantu.core.ids
from nuantu.core.rls import HideFromNarrow, ProtectThrough, WriteOwn

TABLE = "stays_carehospital"


class Migration(migrations.Migration):
    dependencies = [("stays", "0037_second_hands"), ("places", "0003_row_history")]

    operations = [
        migrations.CreateModel(
            name="CareHospital",
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
                ("reason", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("wanted_at", models.DateTimeField()),
                ("wanted_by", models.CharField(max_length=120)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("accompanied_by", models.CharField(blank=True, max_length=80)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_by", models.CharField(blank=True, max_length=120)),
                ("dropped_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hospitals",
                        to="stays.hospitalcare",
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.hospital",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        name="stays_carehospital_one_hospital_at_a_time",
                        expressions=[
                            ("care", "="),
                            (
                                Func(
                                    F("arrived_at"),
                                    F("left_at"),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        condition=Q(arrived_at__isnull=False),
                    ),
                    models.UniqueConstraint(
                        fields=["care"],
                        condition=Q(arrived_at__isnull=True, dropped_at__isnull=True),
                        name="stays_carehospital_one_move_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(arrived_at__isnull=True)
                        | (
                            Q(hospital__isnull=False, dropped_at__isnull=True)
                            & ~Q(accompanied_by="")
                        ),
                        name="stays_carehospital_arrived_with_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(left_at__isnull=True)
                        | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
                        name="stays_carehospital_left_after_arriving",
                    ),
                ],
            },
        ),
        ProtectThrough(TABLE, parent="stays_hospitalcare", column="care_id"),
        WriteOwn(TABLE, ("stays_hospitalcare", "care_id")),
        HideFromNarrow(TABLE),
        migrations.AddField(
            "hospitalask",
            "move",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asks",
                to="stays.carehospital",
            ),
        ),
        migrations.AlterField(
            "hospitalask",
            "answer",
            models.CharField(
                blank=True,
                choices=[
                    ("", "等答复"),
                    ("takes", "接收"),
                    ("refuses", "拒收"),
                    ("full", "没有床位"),
                    ("off", "不再需要"),
                ],
                default="",
                max_length=7,
            ),
        ),
        migrations.AddField(
            "bill",
            "hospital",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.hospital",
            ),
        ),
        migrations.RemoveConstraint("bill", "stays_bill_entered_once"),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(
                fields=["care", "hospital", "number"],
                nulls_distinct=False,
                name="stays_bill_entered_once",
            ),
        ),
    ]
