"""A live grant on a report opens that report and its photo to the organisation it was given to, for reading."""

from django.db import migrations

from nuantu.core.rls import OpenAlso

GRANTED = "public_id IN (SELECT nuantu_granted_cases())"
PHOTO_OF_GRANTED = (
    "id IN (SELECT r.photo_id FROM tracing_missingreport r"
    " WHERE r.public_id IN (SELECT nuantu_granted_cases()))"
)


class Migration(migrations.Migration):
    dependencies = [("tracing", "0011_words"), ("accounts", "0002_grants_open_cases")]

    operations = [
        OpenAlso("tracing_missingreport", policy="seen", condition=GRANTED),
        OpenAlso("core_storedfile", policy="seen", condition=PHOTO_OF_GRANTED),
    ]
