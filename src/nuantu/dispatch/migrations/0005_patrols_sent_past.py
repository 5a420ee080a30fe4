"""A run may be that of a patrol which comes past a tip by an urgent stop."""

from django.db import migrations, models

LIVE_RUNS = ("assigned", "accepted", "departed", "arrived")


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0004_places_in_words")]

    operations = [
        migrations.AddField(
            model_name="dispatch",
            name="spot_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="expected_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(state__in=LIVE_RUNS),
                fields=["spot_id"],
                name="dispatch_dispatch_one_patrol_for_a_spot",
            ),
        ),
    ]
