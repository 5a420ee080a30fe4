"""A token ends on a day and is good for chosen purposes; those in use keep all of them for a year."""

from datetime import timedelta

import django.contrib.postgres.fields
from django.db import migrations, models

import nuantu.core.clock
from nuantu.accounts.rules.scopes import EVERY_SCOPE


def a_year_from_now():
    """The end of the tokens that had none."""
    return nuantu.core.clock.now() + timedelta(days=365)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_reference_tokens")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list(EVERY_SCOPE), size=None
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="apitoken",
            name="expires_at",
            field=models.DateTimeField(default=a_year_from_now),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes", []), _negated=True),
                name="accounts_apitoken_has_a_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="accounts_apitoken_ends_after_it_began",
            ),
        ),
    ]
