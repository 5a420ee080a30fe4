"""When one can get into a key location."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_row_history")]

    operations = [
        migrations.AddField(
            model_name="keylocation",
            name="open_hours",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="开放时间"),
        ),
    ]
