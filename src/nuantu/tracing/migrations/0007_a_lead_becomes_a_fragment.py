"""What of a lead is worth keeping is put down as a fragment, once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracing", "0006_notice_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="tracinglead",
            name="fragment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tracing.fragment",
            ),
        ),
    ]
