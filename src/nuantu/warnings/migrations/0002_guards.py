"""What the database refuses: changes to a message as received, rows outside the scope.

Warnings are official notices: every organisation's staff may read them and where they hold.
"""

from django.db import migrations

from nuantu.core.rls import Protect, ProtectThrough

_AS_RECEIVED = (
    "warnings_transmission",
    "warnings_warning",
    "warnings_warningarea",
    "warnings_warningreference",
)
AS_RECEIVED = "".join(
    f"CREATE TRIGGER {table}_as_received BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION nuantu_append_only();"
    for table in _AS_RECEIVED
)
UNDO = "".join(f"DROP TRIGGER {table}_as_received ON {table};" for table in _AS_RECEIVED)


class Migration(migrations.Migration):
    dependencies = [
        ("warnings", "0001_warnings_and_where_they_hold"),
        ("core", "0002_guards"),
    ]

    operations = [
        Protect("warnings_transmission", staff_select="true"),
        Protect("warnings_warning", staff_select="true"),
        Protect("warnings_coverage", staff_select="true"),
        Protect("warnings_countystate", staff_select="true"),
        Protect("warnings_feedstate", staff_select="true"),
        ProtectThrough("warnings_warningarea", parent="warnings_warning", column="warning_id"),
        ProtectThrough("warnings_warningreference", parent="warnings_warning", column="warning_id"),
        migrations.RunSQL(AS_RECEIVED, UNDO),
    ]
