"""Bodies that nobody could read are kept and shown to a person."""

import django.db.models.deletion
from django.db import migrations, models

import nuantu.core.clock
import nuantu.core.ids
from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("warnings", "0003_row_history")]

    operations = [
        migrations.CreateModel(
            name="UnreadBody",
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
                ("why", models.CharField(max_length=20)),
                ("detail", models.CharField(blank=True, max_length=120)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "transmission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unread",
                        to="warnings.transmission",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="unreadbody",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["-id"],
                name="warnings_unreadbody_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="unreadbody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("settled_at__isnull", True), ("settled_by", "")),
                    models.Q(
                        ("settled_at__isnull", False),
                        models.Q(("settled_by", ""), _negated=True),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="warnings_unreadbody_settled_by_somebody_for_a_reason",
            ),
        ),
        Protect("warnings_unreadbody", staff_select="true"),
        KeepHistory("warnings_unreadbody"),
    ]
