"""A photo of a contact may be hidden for a reason, as one of a stop."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("encounters", "0004_harmed_or_from_abroad")]

    operations = [
        migrations.AddField(
            model_name="evidence",
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
            model_name="evidence",
            name="hidden_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="hidden_by",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_for", ""),
                    models.Q(
                        ("hidden_at__isnull", False),
                        models.Q(("hidden_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="encounters_evidence_hidden_by_somebody",
            ),
        ),
    ]
