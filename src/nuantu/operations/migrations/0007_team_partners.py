"""Teams with partners and on foot."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0006_plan_documents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="team",
            name="capabilities",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("vehicle", "有车"),
                        ("medic", "有医护"),
                        ("police", "有民警"),
                        ("woman", "有女队员"),
                        ("children", "懂未成年人工作"),
                        ("urban", "有城管"),
                        ("volunteer", "有志愿者"),
                        ("foot", "步行"),
                        ("miao", "会苗语"),
                        ("dong", "会侗语"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
    ]
