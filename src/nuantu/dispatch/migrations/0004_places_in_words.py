"""A tip that came with a point only is titled by what is near it; the English title stands apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0003_team_positions")]

    operations = [
        migrations.AddField(
            model_name="tip",
            name="place_text_en",
            field=models.CharField(blank=True, max_length=200),
        )
    ]
