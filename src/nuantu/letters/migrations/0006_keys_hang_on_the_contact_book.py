"""A known key hangs on the entry of the contact book, else on name and division code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_erased_at_its_term")]

    operations = [
        migrations.AddField(
            model_name="knownkey",
            name="place_code",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="knownkey",
            name="entry_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name="knownkey", name="letters_knownkey_one_of_each_organisation"
        ),
        migrations.AddConstraint(
            model_name="knownkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry_id__isnull", True)),
                fields=("owner_org", "name", "place_code"),
                name="letters_knownkey_one_of_a_name_at_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="knownkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry_id__isnull", False)),
                fields=("owner_org", "entry_id"),
                name="letters_knownkey_one_of_an_entry",
            ),
        ),
    ]
