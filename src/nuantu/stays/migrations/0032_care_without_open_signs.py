"""A treatment has no open column for the signs that led to it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stays", "0031_signs_of_cares_sealed")]

    operations = [migrations.RemoveField("hospitalcare", "signs")]
