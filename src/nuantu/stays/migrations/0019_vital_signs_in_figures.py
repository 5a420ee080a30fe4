"""Vital signs lie as figures beside the words, sealed like them."""

from django.db import migrations, models

import nuantu.core.fields


class Migration(migrations.Migration):
    dependencies = [("stays", "0018_payers_of_the_plan")]

    operations = [
        migrations.RemoveConstraint("healthnote", "stays_healthnote_says_something"),
        migrations.AlterField(
            model_name="healthnote",
            name="text",
            field=nuantu.core.fields.SealedTextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="healthnote",
            name="figures",
            field=nuantu.core.fields.SealedTextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            "healthnote",
            models.CheckConstraint(
                condition=~models.Q(text="") | ~models.Q(figures=""),
                name="stays_healthnote_says_something",
            ),
        ),
    ]
