"""A running plan may be changed: every version keeps its file, its rules and its reason."""

import django.db.models.deletion
from django.db import migrations, models

import nuantu.core.ids

FIRST_VERSIONS = """
INSERT INTO operations_planversion
  (public_id, operation_id, number, source_text, digest, start_date, end_date, reason,
   changed_by, changed_at)
SELECT gen_random_uuid(), id, version, source_text, digest, start_date, end_date, '',
       started_by, started_at
  FROM operations_operation;
UPDATE operations_operation AS child SET parent_version = parent.version
  FROM operations_operation AS parent WHERE parent.id = child.parent_id;
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0004_row_history")]

    operations = [
        migrations.AddField(
            model_name="operation",
            name="parent_version",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="planrule",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.RemoveConstraint(
            model_name="planrule", name="operations_planrule_one_per_position"
        ),
        migrations.AddConstraint(
            model_name="planrule",
            constraint=models.UniqueConstraint(
                fields=("operation", "version", "position"),
                name="operations_planrule_one_per_version_position",
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
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
                ("number", models.PositiveIntegerField()),
                ("source_text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("start_date", models.DateField()),
                ("end_date", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("changed_by", models.CharField(max_length=120)),
                ("changed_at", models.DateTimeField()),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="operations.operation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operation", "number"), name="operations_planversion_one_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="operations_planversion_change_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
    ]
