"""A screening has no open column for what was found; the database judges by what it asks for at least."""

from django.db import migrations, models

RESULTS = ["fit", "observation", "isolation", "hospital"]


class Migration(migrations.Migration):
    dependencies = [("stays", "0023_screening_sealed")]

    operations = [
        migrations.RemoveConstraint("screening", "stays_screening_signs_go_to_hospital_first"),
        migrations.RemoveConstraint("screening", "stays_screening_positive_is_apart"),
        migrations.RemoveConstraint("screening", "stays_screening_temperature_of_a_person"),
        migrations.RemoveField("screening", "temperature_tenths"),
        migrations.RemoveField("screening", "signs"),
        migrations.RemoveField("screening", "test"),
        migrations.AddConstraint(
            "screening",
            models.CheckConstraint(
                condition=models.Q(least="fit")
                | models.Q(least="observation", result__in=RESULTS[1:])
                | models.Q(least="isolation", result__in=RESULTS[2:])
                | models.Q(least="hospital", result="hospital"),
                name="stays_screening_result_is_not_milder",
            ),
        ),
    ]
