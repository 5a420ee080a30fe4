"""Reports are found by words an index can hold under row-level security, as people are (decision 37)."""

import django.db.models.deletion
from django.db import migrations, models

from nuantu.core.rls import ProtectThrough

WORDS = """
CREATE FUNCTION nuantu_keep_report_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM tracing_reportword WHERE report_id = NEW.id;
  END IF;
  INSERT INTO tracing_reportword (report_id, word)
  SELECT NEW.id, word FROM nuantu_person_words(NEW.search_text) word;
  RETURN NULL;
END $$;
CREATE TRIGGER tracing_report_words_added AFTER INSERT ON tracing_missingreport
  FOR EACH ROW EXECUTE FUNCTION nuantu_keep_report_words();
CREATE TRIGGER tracing_report_words_changed AFTER UPDATE ON tracing_missingreport
  FOR EACH ROW WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text)
  EXECUTE FUNCTION nuantu_keep_report_words();
"""
NO_WORDS = """
DROP TRIGGER tracing_report_words_changed ON tracing_missingreport;
DROP TRIGGER tracing_report_words_added ON tracing_missingreport;
DROP FUNCTION nuantu_keep_report_words();
"""
# Of every report that stands in the table already; it protects its rows from its owner, too.
FILL = """
SELECT set_config('app.system', 'on', true);
INSERT INTO tracing_reportword (report_id, word)
SELECT r.id, word FROM tracing_missingreport r, nuantu_person_words(r.search_text) word;
SELECT set_config('app.system', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
"""
# Looked up row by row; nobody but the trigger adds a word.
SEEN = """
ALTER POLICY tracing_reportword_seen ON tracing_reportword USING (
  (SELECT current_setting('app.system', true)) = 'on' OR EXISTS (
  SELECT 1 FROM tracing_missingreport r WHERE r.id = tracing_reportword.report_id OFFSET 0));
ALTER POLICY tracing_reportword_added ON tracing_reportword WITH CHECK (pg_trigger_depth() > 0);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0008_minors_are_restricted"),
        ("tracing", "0010_every_proof_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "word",
                        "report_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=24)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="tracing.missingreport",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        ProtectThrough("tracing_reportword", parent="tracing_missingreport", column="report_id"),
        migrations.RunSQL(SEEN, migrations.RunSQL.noop),
    ]
