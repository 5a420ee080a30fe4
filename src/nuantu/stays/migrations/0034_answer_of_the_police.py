"""Police may answer that they look for somebody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stays", "0033_locked_samples_to_a_laboratory")]

    operations = [
        migrations.AlterField(
            "inquiry",
            "answer",
            models.CharField(
                blank=True,
                choices=[
                    ("", "等答复"),
                    ("nothing", "无结果"),
                    ("possible", "疑似"),
                    ("confirmed", "确认"),
                    ("wanted", "涉案，由公安处理"),
                    ("impossible", "没法查"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
