"""An organisation says when it can be reached."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_token_terms_and_scopes")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="hours",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
    ]
