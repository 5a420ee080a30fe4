"""A photo of a stop may be hidden for a reason, whether or not somebody was met there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0022_same_finds")]

    operations = [
        migrations.AddField(
            model_name="patrolphoto",
            name="hidden_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("undressed", "没有穿衣服或衣不蔽体"),
                    ("wound", "伤口、病痛"),
                    ("other", "别的不宜传看的内容"),
                ],
                default="",
                max_length=9,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="patrolphoto",
            name="hidden_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patrolphoto",
            name="hidden_by",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="patrolphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_for", ""),
                    models.Q(
                        ("hidden_at__isnull", False),
                        models.Q(("hidden_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="patrols_patrolphoto_hidden_by_somebody",
            ),
        ),
    ]
