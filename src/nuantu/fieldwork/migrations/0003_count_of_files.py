"""A command knows how many files it has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0002_guards")]

    operations = [
        migrations.RemoveField(model_name="fielddevice", name="happened_at"),
        migrations.AddField(
            model_name="fieldcommand",
            name="file_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
