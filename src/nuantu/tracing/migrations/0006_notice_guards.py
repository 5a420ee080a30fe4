"""Who sees a notice: the body that holds the case and whoever oversees its place; channels are no secret."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect

OF_PEOPLE = ("tracingnotice", "noticeversion", "posting", "tracinglead")


class Migration(migrations.Migration):
    dependencies = [("tracing", "0005_notices")]

    operations = [
        *(Protect(f"tracing_{name}") for name in OF_PEOPLE),
        *(HideFromNarrow(f"tracing_{name}") for name in OF_PEOPLE),
        *(KeepHistory(f"tracing_{name}") for name in OF_PEOPLE),
        Protect("tracing_noticechannel", staff_select="true"),
        KeepHistory("tracing_noticechannel"),
    ]
