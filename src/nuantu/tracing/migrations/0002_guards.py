"""Who sees a report: the body that took it and whoever oversees its place; nobody who sees no people."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("tracing", "0001_reports"), ("core", "0012_erasure_reaches_reports")]

    operations = [
        Protect("tracing_missingreport"),
        Protect("tracing_reportimport"),
        ProtectThrough("tracing_importrow", parent="tracing_reportimport", column="batch_id"),
        HideFromNarrow("tracing_missingreport"),
        HideFromNarrow("tracing_reportimport"),
        HideFromNarrow("tracing_importrow"),
        KeepHistory("tracing_missingreport"),
        KeepHistory("tracing_reportimport"),
    ]
