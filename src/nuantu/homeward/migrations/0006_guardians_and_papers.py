"""Who may not agree for a wearer, the signed paper as a file, and what the lists are read by."""

import django.db.models.deletion
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0014_erasure_reaches_wearers"),
        ("homeward", "0005_ledger_guards"),
        ("persons", "0008_minors_are_restricted"),
    ]

    operations = [
        migrations.CreateModel(
            name="BarredGiver",
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
                ("name", nuantu.core.fields.SealedTextField()),
                ("reason", nuantu.core.fields.SealedTextField()),
                ("barred_at", models.DateTimeField()),
                ("barred_by", models.CharField(max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="checked",
            field=nuantu.core.fields.SealedTextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="consent",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AlterField(
            model_name="alarm",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("helped", "已联系，人没事"),
                    ("dispatched", "已转派单寻找"),
                    ("false_alarm", "误报"),
                    ("mended", "设备问题，已处理"),
                    ("passed", "自行恢复"),
                    ("void", "戴错人，作废"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="ended_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("renewed", "已重新登记"),
                    ("withdrawn", "已撤回"),
                    ("barred", "同意人不能代为同意"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="trackkey",
            name="destroyed_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("term", "保存期满"),
                    ("withdrawn", "撤回同意"),
                    ("erased", "个案删除"),
                    ("lost", "密钥文件已不在"),
                    ("wrong", "戴错人"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["-answered_at", "-id"],
                name="homeward_alarm_answered",
            ),
        ),
        migrations.AddIndex(
            model_name="wearer",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["-began_at", "-id"],
                name="homeward_wearer_newest",
            ),
        ),
        migrations.AddField(
            model_name="barredgiver",
            name="wearer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="barred_givers",
                to="homeward.wearer",
            ),
        ),
        migrations.AddConstraint(
            model_name="barredgiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("barred_by", ""), _negated=True),
                name="homeward_barredgiver_barred_by_somebody",
            ),
        ),
        ProtectThrough("homeward_barredgiver", parent="homeward_wearer", column="wearer_id"),
        HideFromNarrow("homeward_barredgiver"),
        KeepHistory("homeward_barredgiver"),
    ]
