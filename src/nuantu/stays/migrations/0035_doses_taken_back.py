"""A dose that was put down wrongly is taken back: the line stays, the dose is open again."""

from django.db import migrations, models
from django.db.models import Q

NAME = "stays_dose_given_once"


class Migration(migrations.Migration):
    dependencies = [("stays", "0034_answer_of_the_police")]

    operations = [
        migrations.AddField(
            "dose",
            "mistake",
            models.CharField(
                blank=True,
                choices=[
                    ("slip", "按错了"),
                    ("person", "登记到别人或别的药上"),
                    ("not_taken", "没有服下去"),
                    ("other", "登记的结果不对"),
                ],
                default="",
                max_length=9,
            ),
        ),
        migrations.AddField("dose", "taken_back_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "dose", "taken_back_by", models.CharField(blank=True, default="", max_length=120)
        ),
        migrations.RemoveConstraint("dose", NAME),
        migrations.AddConstraint(
            "dose",
            models.UniqueConstraint(
                condition=Q(taken_back_at__isnull=True),
                fields=("medication", "due_at"),
                name=NAME,
            ),
        ),
        migrations.AddConstraint(
            "dose",
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, mistake="", taken_back_by="")
                | (Q(taken_back_at__isnull=False) & ~Q(mistake="") & ~Q(taken_back_by="")),
                name="stays_dose_taken_back_says_why",
            ),
        ),
    ]
