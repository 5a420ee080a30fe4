"""Rows from before get the account of who asked, gave or decided, where one alone has the name."""

from django.db import migrations

from nuantu.core import scope

COLUMNS = (
    ("stays_ending", "asked_by", "owner_org"),
    ("stays_ending", "decided_by", "owner_org"),
    ("stays_bedstay", "given_by", "(SELECT s.owner_org FROM stays_stay s WHERE s.id = stay_id)"),
)
MATCH = """
UPDATE {table} t SET {column}_id = (
  SELECT min(u.public_id::text)::uuid FROM accounts_user u
   WHERE u.name = t.{column} AND u.organisation_id = {org}
  HAVING count(*) = 1
) WHERE t.{column} <> '' AND t.{column}_id IS NULL
"""


def match(apps, editor):
    """The account of a name, where exactly one of the station has it; nobody else is guessed."""
    with scope.system("approvers are matched with accounts"), editor.connection.cursor() as cursor:
        for table, column, org in COLUMNS:
            cursor.execute(MATCH.format(table=table, column=column, org=org))


class Migration(migrations.Migration):
    dependencies = [
        ("stays", "0025_approvers_have_accounts"),
        ("accounts", "0008_division_imports"),
    ]

    operations = [migrations.RunPython(match, migrations.RunPython.noop)]
