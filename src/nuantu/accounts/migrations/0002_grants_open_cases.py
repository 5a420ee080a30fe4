"""The third rule of row-level security: a live grant opens its case."""

from django.db import migrations

GRANTED = """
CREATE OR REPLACE FUNCTION nuantu_granted_cases() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT case_id FROM accounts_grant
  WHERE organisation_id = nullif(current_setting('app.org', true), '')
    AND ended_at IS NULL
    AND since <= nullif(current_setting('app.now', true), '')::timestamptz
    AND until > nullif(current_setting('app.now', true), '')::timestamptz
$$;
"""
NONE = """
CREATE OR REPLACE FUNCTION nuantu_granted_cases() RETURNS SETOF uuid LANGUAGE sql STABLE AS
  'SELECT NULL::uuid WHERE false';
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_organisations_and_users"), ("core", "0002_guards")]

    operations = [migrations.RunSQL(GRANTED, NONE)]
