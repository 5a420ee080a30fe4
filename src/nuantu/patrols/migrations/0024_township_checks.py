"""A village's report waits for the township office that a plan has supervise it (P2-26)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0023_hidden_photos")]

    operations = [
        migrations.AlterField(
            model_name="sweeparea",
            name="state",
            field=models.CharField(
                choices=[
                    ("not_begun", "未开始"),
                    ("under_way", "排查中"),
                    ("checking", "待镇街查看"),
                    ("reported", "已上报"),
                    ("accepted", "已认可"),
                    ("sent_back", "已退回"),
                    ("cut", "已细分"),
                ],
                default="not_begun",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="sweeparea",
            name="check_org",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="sweeparea",
            name="check_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sweeparea",
            name="check_duty_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sweepreport",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sweepreport",
            name="checked_by",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="sweepreport",
            name="check_word",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="sweepreport",
            name="spot",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="sweeparea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "checking"), _negated=True),
                    models.Q(
                        ("check_due_at__isnull", False),
                        models.Q(("check_org", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="patrols_sweeparea_somebody_is_to_check_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_at__isnull", True),
                    models.Q(
                        ("handed_at__isnull", False),
                        models.Q(("checked_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="patrols_sweepreport_is_checked_after_it_came",
            ),
        ),
    ]
