"""Things may go with their owner to whoever takes him over; forbidden ones never do."""

from django.db import migrations, models

FORBIDDEN = "stays_belonging_forbidden_is_not_returned"


class Migration(migrations.Migration):
    dependencies = [("stays", "0020_roll_at_the_meeting_point")]

    operations = [
        migrations.AlterField(
            model_name="belonging",
            name="end",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "保管中"),
                    ("returned", "已归还"),
                    ("to_police", "移交公安"),
                    ("handed_on", "随人移交接收单位"),
                    ("discarded", "本人同意处理"),
                ],
                default="",
                max_length=9,
            ),
        ),
        migrations.RemoveConstraint("belonging", FORBIDDEN),
        migrations.AddConstraint(
            "belonging",
            models.CheckConstraint(
                condition=~models.Q(kind="forbidden")
                | ~models.Q(end__in=["returned", "handed_on"]),
                name=FORBIDDEN,
            ),
        ),
    ]
