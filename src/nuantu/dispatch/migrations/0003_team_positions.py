"""Where teams were last; earlier versions of tips, runs and notices are kept by trigger."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_row_history"),
        ("dispatch", "0002_guards"),
        ("operations", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamPosition",
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
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("accuracy_metres", models.PositiveIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                        name="dispatch_teamposition_is_on_earth",
                    )
                ],
            },
        ),
        Protect("dispatch_teamposition"),
        KeepHistory("dispatch_tip"),
        KeepHistory("dispatch_dispatch"),
        KeepHistory("dispatch_notice"),
        KeepHistory("dispatch_tiplink"),
    ]
