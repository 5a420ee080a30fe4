"""A stop of a week may be a point that is no key location, for an urgent visit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0019_open_roads")]

    operations = [
        migrations.AlterField(
            model_name="patrolstop",
            name="key_location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.keylocation",
            ),
        ),
        migrations.AddField(
            model_name="patrolstop",
            name="spot_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patrolstop",
            name="place",
            field=models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="patrolstop",
            name="lat",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patrolstop",
            name="lon",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patrolvisit",
            name="spot_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="patrolstop",
            constraint=models.CheckConstraint(
                condition=models.Q(key_location__isnull=False, spot_id__isnull=True)
                | models.Q(
                    models.Q(
                        key_location__isnull=True,
                        lat__isnull=False,
                        lon__isnull=False,
                        spot_id__isnull=False,
                    ),
                    models.Q(place="", _negated=True),
                ),
                name="patrols_patrolstop_is_somewhere",
            ),
        ),
    ]
