"""Row-level security of duties, hand-overs and watch notes."""

from django.db import migrations

from nuantu.core.rls import Protect

RECEIVER = """
CREATE POLICY operations_handover_offered ON operations_handover FOR SELECT
  USING (to_org = (SELECT nullif(current_setting('app.org', true), '')));
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_plans_and_duties")]

    operations = [
        Protect("operations_duty"),
        Protect("operations_handover"),
        Protect("operations_watchnote"),
        # somebody who is offered a thing without a case sees the offer all the same
        migrations.RunSQL(
            RECEIVER, "DROP POLICY IF EXISTS operations_handover_offered ON operations_handover"
        ),
    ]
