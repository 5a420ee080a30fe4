"""Two finds of a sweep may be said to be one person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0021_planned_at"),
        ("places", "0003_row_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="sweepfind",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doubles",
                to="patrols.sweepfind",
            ),
        ),
        migrations.AddField(
            model_name="sweepfind",
            name="same_said_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sweepfind",
            name="same_said_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            model_name="sweepfind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as__isnull", True),
                    models.Q(
                        ("same_said_at__isnull", False),
                        ("what", "person"),
                        models.Q(("same_said_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="patrols_sweepfind_somebody_said_it_is_the_same",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepfind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as__isnull", True),
                    models.Q(("same_as", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="patrols_sweepfind_is_not_the_same_as_itself",
            ),
        ),
    ]
