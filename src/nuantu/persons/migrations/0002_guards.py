"""Who sees a person: whoever sees one of his cases. A case opens the journal lines it gathered."""

from django.db import migrations

from nuantu.core.rls import OpenAlso, Protect, ProtectThrough

HAS_A_CASE = "EXISTS (SELECT 1 FROM persons_case c WHERE c.person_id = persons_person.id)"
HOLDS_A_CASE = """
  EXISTS (SELECT 1 FROM persons_case c WHERE c.person_id = persons_person.id AND c.state = 'open'
          AND c.owner_org = (SELECT nullif(current_setting('app.org', true), '')))
"""

# Lines cannot change hands, so whoever holds the case now reads what was written before.
OF_A_HELD_CASE = """
  case_id IN (SELECT c.case_id FROM persons_case c
              WHERE c.owner_org = (SELECT nullif(current_setting('app.org', true), '')))
"""

# A link says something about two people: only who sees both may see it.
BOTH_ENDS = """
CREATE POLICY persons_personlink_both_ends ON persons_personlink AS RESTRICTIVE FOR ALL USING (
  (SELECT current_setting('app.system', true)) = 'on'
  OR EXISTS (SELECT 1 FROM persons_person p WHERE p.id = persons_personlink.second_id)
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0001_persons"),
        ("core", "0002_guards"),
        ("accounts", "0002_grants_open_cases"),
    ]

    operations = [
        Protect("persons_person"),
        Protect("persons_case"),
        Protect("persons_personfact"),
        Protect("persons_personclass"),
        ProtectThrough("persons_personlink", parent="persons_person", column="first_id"),
        OpenAlso("persons_person", policy="seen", condition=HAS_A_CASE),
        OpenAlso("persons_person", policy="changed", condition=HOLDS_A_CASE),
        OpenAlso("core_journalentry", policy="seen", condition=OF_A_HELD_CASE),
        migrations.RunSQL(
            BOTH_ENDS, "DROP POLICY persons_personlink_both_ends ON persons_personlink"
        ),
    ]
