"""Who sees the care log, roll-calls, searches, medicine and complaints; whoever a complaint is about
never sees it."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough

# Restrictive: it narrows whatever else would show the row.
NOT_BY_WHO_IS_MEANT = """
CREATE POLICY stays_complaint_not_meant ON stays_complaint AS RESTRICTIVE FOR SELECT USING (
  (SELECT current_setting('app.system', true)) = 'on'
  OR about_id = ''
  OR about_id <> (SELECT coalesce(current_setting('app.actor', true), ''))
)
"""


class Migration(migrations.Migration):
    dependencies = [("stays", "0007_daily_care"), ("core", "0003_row_history")]

    operations = [
        Protect("stays_careentry"),
        Protect("stays_menu"),
        ProtectThrough("stays_beddingchange", parent="stays_bed", column="bed_id"),
        Protect("stays_rollcall"),
        ProtectThrough("stays_rollmark", parent="stays_rollcall", column="roll_call_id"),
        Protect("stays_search"),
        ProtectThrough("stays_searchstep", parent="stays_search", column="search_id"),
        Protect("stays_complaint"),
        migrations.RunSQL(
            NOT_BY_WHO_IS_MEANT, "DROP POLICY stays_complaint_not_meant ON stays_complaint"
        ),
        Protect("stays_medication"),
        ProtectThrough("stays_dose", parent="stays_medication", column="medication_id"),
        Protect("stays_healthnote"),
        KeepHistory("stays_careentry"),
        KeepHistory("stays_search"),
        KeepHistory("stays_medication"),
    ]
