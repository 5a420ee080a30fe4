"""The list of reports, newest first, and its filter by place read no report that they do not show."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracing", "0013_what_was_told_is_not_yet_found")]

    operations = [
        migrations.AddIndex(
            "missingreport",
            models.Index(fields=["-taken_at", "-id"], name="tracing_missingreport_newest"),
        ),
        migrations.AddIndex(
            "missingreport",
            models.Index(fields=["home_division"], name="tracing_missingreport_home"),
        ),
        migrations.AddIndex(
            "missingreport",
            models.Index(fields=["lost_division"], name="tracing_missingreport_lost"),
        ),
    ]
