"""A reception may end by a death."""

from django.db import migrations, models

STATES = [
    ("open", "接待中"),
    ("admitted", "已入站"),
    ("refused", "不予救助"),
    ("hospital_first", "先送医"),
    ("police", "已报警移交"),
    ("withdrawn", "本人离开"),
    ("died", "死亡"),
]


class Migration(migrations.Migration):
    dependencies = [("stays", "0016_written_by_the_station")]

    operations = [
        migrations.AlterField(
            model_name="reception",
            name="state",
            field=models.CharField(choices=STATES, default="open", max_length=14),
        )
    ]
