"""A locked food sample may go to the laboratory that is to find out what happened."""

from django.db import migrations, models
from django.db.models import Q

NAME = "stays_foodsample_locked_stays_in"


class Migration(migrations.Migration):
    dependencies = [("stays", "0032_care_without_open_signs")]

    operations = [
        migrations.RemoveConstraint("foodsample", NAME),
        migrations.AddConstraint(
            "foodsample",
            models.CheckConstraint(
                condition=Q(is_locked=False)
                | (Q(suspicion__isnull=False) & Q(out_kind__in=("", "handed"))),
                name=NAME,
            ),
        ),
    ]
