"""Who sees which tip and which run.

A tip follows the house policy; besides, the public sees the one row its receipt opens, and an
organisation whose team was sent sees the tip while the run lives. Parts are seen with their tip.
"""

from django.db import migrations

from nuantu.core.rls import Protect, ProtectThrough

PARTS = ("tipphoto", "notice", "stillthere", "remoteguidance")
RECEIPT = "receipt_hash = (SELECT nullif(current_setting('app.receipt', true), ''))"
SENT = """
CREATE POLICY dispatch_tip_sent ON dispatch_tip FOR SELECT USING (id IN (
  SELECT tip_id FROM dispatch_dispatch
  WHERE owner_org = (SELECT nullif(current_setting('app.org', true), ''))
    AND state IN ('assigned', 'accepted', 'departed', 'arrived')
));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0001_tips_and_runs"),
        ("accounts", "0002_grants_open_cases"),
    ]

    operations = [
        Protect("dispatch_tip", public_select=RECEIPT),
        Protect("dispatch_dispatch"),
        *(
            ProtectThrough(f"dispatch_{part}", parent="dispatch_tip", column="tip_id")
            for part in PARTS
        ),
        ProtectThrough("dispatch_tiplink", parent="dispatch_tip", column="later_id"),
        migrations.RunSQL(SENT, "DROP POLICY IF EXISTS dispatch_tip_sent ON dispatch_tip"),
    ]
