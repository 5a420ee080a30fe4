"""A roll may be called at the meeting point, after everybody had to leave the house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stays", "0019_vital_signs_in_figures")]

    operations = [
        migrations.AddField(
            model_name="rollcall",
            name="is_evacuation",
            field=models.BooleanField(default=False),
        ),
    ]
