"""A question came under a file; each file asks back once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_sent_as_files")]

    operations = [
        migrations.AddField(
            model_name="letterfile",
            name="asked_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
