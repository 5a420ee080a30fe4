"""Who sees the cupboard, incidents, cameras and holds."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("stays", "0010_custody")]

    operations = [
        Protect("stays_cupboarditem"),
        Protect("stays_stationincident"),
        Protect("stays_camera"),
        ProtectThrough("stays_cupboardmove", parent="stays_cupboarditem", column="item_id"),
        ProtectThrough("stays_cupboardcount", parent="stays_cupboarditem", column="item_id"),
        ProtectThrough("stays_videohold", parent="stays_camera", column="camera_id"),
        KeepHistory("stays_cupboarditem"),
        KeepHistory("stays_videohold"),
    ]
