"""What the database itself refuses: changes to the journal, rows outside the scope."""

from django.db import migrations

from nuantu.core.rls import Protect, ProtectThrough

APPEND_ONLY = """
CREATE FUNCTION nuantu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_journalentry_append_only BEFORE UPDATE OR DELETE ON core_journalentry
  FOR EACH ROW EXECUTE FUNCTION nuantu_append_only();
CREATE TRIGGER core_journalentry_no_truncate BEFORE TRUNCATE ON core_journalentry
  FOR EACH STATEMENT EXECUTE FUNCTION nuantu_append_only();
CREATE TRIGGER core_journalsubject_append_only BEFORE UPDATE OR DELETE ON core_journalsubject
  FOR EACH ROW EXECUTE FUNCTION nuantu_append_only();
CREATE TRIGGER core_journalsubject_no_truncate BEFORE TRUNCATE ON core_journalsubject
  FOR EACH STATEMENT EXECUTE FUNCTION nuantu_append_only();
"""

# Replaced by accounts once grants exist; until then nobody holds one.
NO_GRANTS = """
CREATE FUNCTION nuantu_granted_cases() RETURNS SETOF uuid LANGUAGE sql STABLE AS
  'SELECT NULL::uuid WHERE false';
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_ground")]

    operations = [
        migrations.RunSQL(
            APPEND_ONLY,
            """
            DROP TRIGGER core_journalentry_append_only ON core_journalentry;
            DROP TRIGGER core_journalentry_no_truncate ON core_journalentry;
            DROP TRIGGER core_journalsubject_append_only ON core_journalsubject;
            DROP TRIGGER core_journalsubject_no_truncate ON core_journalsubject;
            DROP FUNCTION nuantu_append_only();
            """,
        ),
        migrations.RunSQL(NO_GRANTS, "DROP FUNCTION nuantu_granted_cases()"),
        Protect("core_journalentry", open_insert=True),
        ProtectThrough(
            "core_journalsubject",
            parent="core_journalentry",
            column="entry_id",
            parent_key="public_id",
            open_insert=True,
        ),
        Protect("core_storedfile"),
    ]
