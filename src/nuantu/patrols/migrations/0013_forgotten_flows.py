"""The last day of a line that ended on the inflow and outflow list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0012_search_trail"),
    ]

    operations = [
        migrations.AddField(
            model_name="flowentry",
            name="keep_until_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="flowentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("keep_until_date__isnull", False), _connector="OR"
                ),
                name="patrols_flowentry_ended_has_its_last_day",
            ),
        ),
    ]
