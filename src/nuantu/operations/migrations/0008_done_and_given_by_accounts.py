"""Who ticks a duty off and who gives the watch is an account, not only a name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0007_team_partners")]

    operations = [
        migrations.AddField("duty", "done_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddField("watchnote", "given_by_id", models.UUIDField(blank=True, null=True)),
    ]
