"""What a screening measured gets a sealed column, and what it asks for at least one in the clear."""

from django.db import migrations, models

import nuantu.core.fields


class Migration(migrations.Migration):
    dependencies = [("stays", "0021_things_handed_on")]

    operations = [
        migrations.AddField(
            "screening",
            "measured",
            nuantu.core.fields.SealedTextField(blank=True, default=""),
        ),
        migrations.AddField(
            "screening",
            "least",
            models.CharField(
                choices=[
                    ("fit", "可以入住"),
                    ("observation", "观察"),
                    ("isolation", "隔离"),
                    ("hospital", "先送医"),
                ],
                default="fit",
                max_length=11,
            ),
        ),
    ]
