"""Sweeps that a warning opened, each once in an episode."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0014_mending_shifts"),
    ]

    operations = [
        migrations.AddField(
            model_name="sweep",
            name="cause_kind",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="sweep",
            name="cause_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.UniqueConstraint(
                fields=["division_code", "clause", "cause_id"], name="patrols_sweep_once_a_cause"
            ),
        ),
    ]
