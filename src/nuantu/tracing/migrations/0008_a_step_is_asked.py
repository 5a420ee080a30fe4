"""A step of the search may have been asked of somebody who answers elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracing", "0007_a_lead_becomes_a_fragment"),
    ]

    operations = [
        migrations.AlterField(
            model_name="identitystep",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "还没有结果"),
                    ("found", "有线索"),
                    ("nothing", "没有结果"),
                    ("impossible", "没法办"),
                    ("asked", "已提出，答复另记"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
