"""A hold is seen by whoever holds or oversees the evidence; earlier versions are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("persons", "0004_evidence_holds")]

    operations = [
        Protect("persons_evidencehold"),
        KeepHistory("persons_evidencehold"),
    ]
