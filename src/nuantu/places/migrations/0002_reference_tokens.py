"""Places are remembered until one of them changes."""

from django.db import migrations

from nuantu.core.reference import RenewToken


class Migration(migrations.Migration):
    dependencies = [("places", "0001_places_on_the_map"), ("core", "0004_reference_tokens")]

    operations = [
        RenewToken("places_keylocation", "places"),
        RenewToken("places_station", "places"),
        RenewToken("places_hospital", "places"),
        RenewToken("places_reliefpoint", "places"),
    ]
