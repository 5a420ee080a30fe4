"""A fault of a bill that the hospital has explained may be accepted, with who, when and why."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import nuantu.core.ids
from nuantu.core.rls import ProtectThrough, WriteOwn

TABLE = "stays_acceptedfault"


class Migration(migrations.Migration):
    dependencies = [("stays", "0035_doses_taken_back")]

    operations = [
        migrations.CreateModel(
            name="AcceptedFault",
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
                ("code", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=60)),
                ("said", models.IntegerField(default=0)),
                ("right", models.IntegerField(default=0)),
                ("reason", models.CharField(max_length=300)),
                ("accepted_at", models.DateTimeField()),
                ("accepted_by", models.CharField(max_length=120)),
                ("accepted_by_id", models.UUIDField(blank=True, null=True)),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_faults",
                        to="stays.bill",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(reason="") & ~Q(accepted_by=""),
                        name="stays_acceptedfault_says_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=~Q(code__in=["arithmetic", "total"]),
                        name="stays_acceptedfault_is_no_wrong_sum",
                    ),
                ],
            },
        ),
        ProtectThrough(TABLE, parent="stays_bill", column="bill_id"),
        WriteOwn(TABLE, ("stays_bill", "bill_id")),
    ]
