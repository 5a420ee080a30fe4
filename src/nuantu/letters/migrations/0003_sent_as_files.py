"""A letter of which a file was made went as a file."""

from django.db import migrations

FORWARD = """
SELECT set_config('app.system', 'on', true);
UPDATE letters_letter SET means = 'file' WHERE direction = 'out' AND means = 'paper'
  AND EXISTS (SELECT 1 FROM letters_letterfile WHERE letter_id = letters_letter.id);
SELECT set_config('app.system', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_signed_files")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
