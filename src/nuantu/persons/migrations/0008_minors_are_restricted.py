"""Records of minors from 14 to 17 are restricted like those of children; what a person opened stays open."""

from django.db import migrations

from nuantu.core import scope

HIDE = """
UPDATE persons_person p SET is_restricted = true, restricted_reason = '不满18周岁'
 WHERE NOT p.is_restricted
   AND CASE WHEN p.birth_date IS NOT NULL
            THEN p.birth_date > CURRENT_DATE - interval '18 years'
            ELSE p.age_low
                 + extract(year FROM age(CURRENT_DATE, coalesce(p.age_noted_date, CURRENT_DATE)))
                 < 18
       END
   AND NOT EXISTS (
     SELECT 1 FROM core_journalsubject s JOIN core_journalentry e ON e.public_id = s.entry_id
      WHERE s.kind = 'person' AND s.subject_id = p.public_id
        AND e.verb = 'persons.person.unrestrict')
"""


def hide(apps, editor):
    """Restrict who may be a minor today, by birth date or the lower end of a guess."""
    with scope.system("minors are restricted"), editor.connection.cursor() as cursor:
        cursor.execute(HIDE)


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0007_harmed_or_from_abroad"),
        ("core", "0011_erasure_reaches_stations"),
    ]

    operations = [migrations.RunPython(hide, migrations.RunPython.noop)]
