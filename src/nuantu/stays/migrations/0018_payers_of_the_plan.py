"""A bill keeps the order of its payers, and the disease emergency fund has a column."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

import nuantu.stays.models.bills


def answers(payer: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(payers__contains=[payer])
        & (Q(station_fen__isnull=True) | Q(**{f"{payer}_fen__isnull": False}))
        | ~Q(payers__contains=[payer]) & Q(**{f"{payer}_fen__isnull": True}),
        name=f"stays_bill_{payer}_answers_before_the_station",
    )


class Migration(migrations.Migration):
    dependencies = [("stays", "0017_death_at_the_door")]

    operations = [
        *(
            migrations.RemoveConstraint("bill", name)
            for name in (
                "stays_bill_insurance_answers_before_assistance",
                "stays_bill_assistance_answers_before_the_station",
                "stays_bill_settled_to_the_fen",
            )
        ),
        migrations.AddField(
            model_name="bill",
            name="payers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10),
                default=nuantu.stays.models.bills.usual_payers,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="bill",
            name="fund_fen",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="bill",
            name="fund_note",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            "bill",
            models.CheckConstraint(
                condition=Q(payers__contained_by=["insurance", "assistance", "fund", "station"])
                & Q(payers__contains=["station"]),
                name="stays_bill_has_its_payers",
            ),
        ),
        *(
            migrations.AddConstraint("bill", answers(payer))
            for payer in ("insurance", "assistance", "fund")
        ),
        migrations.AddConstraint(
            "bill",
            models.CheckConstraint(
                condition=~Q(fund_fen=0) | ~Q(fund_note=""),
                name="stays_bill_fund_pays_nothing_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            "bill",
            models.CheckConstraint(
                condition=~Q(state="settled")
                | Q(
                    station_fen__isnull=False,
                    total_fen=Coalesce("insurance_fen", 0)
                    + Coalesce("assistance_fen", 0)
                    + Coalesce("fund_fen", 0)
                    + F("station_fen"),
                ),
                name="stays_bill_settled_to_the_fen",
            ),
        ),
    ]
