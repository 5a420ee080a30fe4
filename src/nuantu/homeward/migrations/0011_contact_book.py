"""The contact book of stations elsewhere: read in the whole prefecture of whoever keeps a line, written by its keeper."""

import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect

SAME_PREFECTURE = """left(division_code, 4) = (
    SELECT left(o.division_id, 4) FROM accounts_organisation o
    WHERE o.code = nullif(current_setting('app.org', true), ''))"""


class Migration(migrations.Migration):
    dependencies = [("homeward", "0010_settlement_guards")]

    operations = [
        migrations.CreateModel(
            name="StationContact",
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
                ("place_code", models.CharField(max_length=12)),
                ("place_words", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=60)),
                ("address", models.CharField(blank=True, max_length=78)),
                ("phones", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("confirmed_date", models.DateField()),
                ("confirmed_by", models.CharField(max_length=120)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="stationcontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("owner_org", "place_code", "name"),
                name="homeward_stationcontact_once_in_a_book",
            ),
        ),
        migrations.AddConstraint(
            model_name="stationcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("phones", ""), _negated=True)
                ),
                name="homeward_stationcontact_can_be_called",
            ),
        ),
        migrations.AddIndex(
            model_name="stationcontact",
            index=models.Index(fields=["place_code"], name="homeward_stationcontact_place"),
        ),
        Protect("homeward_stationcontact", staff_select=SAME_PREFECTURE),
        KeepHistory("homeward_stationcontact"),
    ]
