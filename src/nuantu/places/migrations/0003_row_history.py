"""Earlier versions of places are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("places", "0002_reference_tokens"), ("core", "0003_row_history")]

    operations = [
        KeepHistory("places_keylocation"),
        KeepHistory("places_station"),
        KeepHistory("places_hospital"),
        KeepHistory("places_reliefpoint"),
    ]
