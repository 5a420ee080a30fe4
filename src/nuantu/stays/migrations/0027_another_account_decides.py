"""Another account decides on the end of help than asked for it, whatever the two are called."""

from django.db import migrations, models

Q, F = models.Q, models.F
NAME = "stays_ending_decided_by_somebody_else"


class Migration(migrations.Migration):
    dependencies = [("stays", "0026_approvers_matched")]

    operations = [
        migrations.RemoveConstraint("ending", NAME),
        migrations.AddConstraint(
            "ending",
            models.CheckConstraint(
                condition=Q(
                    state="asked",
                    decided_at__isnull=True,
                    decided_by="",
                    decided_by_id__isnull=True,
                )
                | (
                    ~Q(state="asked")
                    & Q(decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & (
                        (
                            Q(asked_by_id__isnull=False, decided_by_id__isnull=False)
                            & ~Q(decided_by_id=F("asked_by_id"))
                        )
                        | (
                            (Q(asked_by_id__isnull=True) | Q(decided_by_id__isnull=True))
                            & ~Q(decided_by=F("asked_by"))
                        )
                    )
                ),
                name=NAME,
            ),
        ),
    ]
