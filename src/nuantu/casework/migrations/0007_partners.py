"""Who of an agency or of the volunteers took part in a session (P9-15)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_handover_guards")]

    operations = [
        migrations.AddField(
            model_name="casesession",
            name="partners",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
