"""An answer that came by letter waits until somebody says what it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracing", "0012_a_report_is_opened_by_a_grant")]

    operations = [
        migrations.AlterField(
            model_name="identityrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "等答复"),
                    ("asks_back", "对方在等我们回复"),
                    ("told", "对方已答复，结果待登记"),
                    ("answered", "已答复"),
                    ("withdrawn", "已撤回"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="requestline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sent", "发出"),
                    ("reminded", "催问"),
                    ("asks_back", "对方反问"),
                    ("replied", "已回复对方"),
                    ("told", "对方已答复，结果待登记"),
                    ("found", "查到"),
                    ("nothing", "没有查到"),
                    ("impossible", "没法查"),
                    ("withdrawn", "撤回"),
                ],
                max_length=10,
            ),
        ),
    ]
