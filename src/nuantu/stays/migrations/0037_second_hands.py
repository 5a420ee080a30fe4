"""More people ill in one suspicion of food poisoning; another account lifts a hold on recordings; what
ended a count says so."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import nuantu.core.ids
from nuantu.core.rls import ProtectThrough, WriteOwn

TABLE = "stays_foodillness"


class Migration(migrations.Migration):
    dependencies = [("stays", "0036_faults_accepted")]

    operations = [
        migrations.CreateModel(
            name="FoodIllness",
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
                ("ill_count", models.PositiveSmallIntegerField()),
                ("signs", models.CharField(max_length=300)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "suspicion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="illnesses",
                        to="stays.foodsuspicion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ill_count__gt=0) & ~Q(signs=""),
                        name="stays_foodillness_says_who_and_what",
                    ),
                ],
            },
        ),
        ProtectThrough(TABLE, parent="stays_foodsuspicion", column="suspicion_id"),
        WriteOwn(TABLE, ("stays_foodsuspicion", "suspicion_id")),
        migrations.AddField(
            "cupboardmove",
            "count_ended_of",
            models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField("videohold", "placed_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddField("videohold", "released_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddConstraint(
            "videohold",
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(released_by_id__isnull=True)
                | Q(placed_by_id__isnull=True)
                | ~Q(released_by_id=F("placed_by_id")),
                name="stays_videohold_released_by_somebody_else",
            ),
        ),
    ]
