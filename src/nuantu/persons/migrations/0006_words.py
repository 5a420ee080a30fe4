"""People are found by words an index can hold under row-level security, cases by the end of their number."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from nuantu.core.rls import ProtectThrough

WORDS = """
CREATE FUNCTION nuantu_person_words(text_of text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT substr(part, start, 24)
  FROM regexp_split_to_table(text_of, '\\s+') part, generate_series(1, length(part)) start
$$;
CREATE FUNCTION nuantu_keep_person_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM persons_personword WHERE person_id = NEW.id;
  END IF;
  INSERT INTO persons_personword (person_id, word)
  SELECT NEW.id, word FROM nuantu_person_words(NEW.search_text) word;
  RETURN NULL;
END $$;
CREATE TRIGGER persons_person_words_added AFTER INSERT ON persons_person
  FOR EACH ROW EXECUTE FUNCTION nuantu_keep_person_words();
CREATE TRIGGER persons_person_words_changed AFTER UPDATE ON persons_person
  FOR EACH ROW WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text)
  EXECUTE FUNCTION nuantu_keep_person_words();
"""
NO_WORDS = """
DROP TRIGGER persons_person_words_changed ON persons_person;
DROP TRIGGER persons_person_words_added ON persons_person;
DROP FUNCTION nuantu_keep_person_words();
DROP FUNCTION nuantu_person_words(text);
"""
# Of everybody who stands in the table already; it protects its rows from its owner, too.
FILL = """
SELECT set_config('app.system', 'on', true);
INSERT INTO persons_personword (person_id, word)
SELECT p.id, word FROM persons_person p, nuantu_person_words(p.search_text) word;
SELECT set_config('app.system', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
"""
# Looked up row by row; nobody but the trigger adds a word.
SEEN = """
ALTER POLICY persons_personword_seen ON persons_personword USING (
  (SELECT current_setting('app.system', true)) = 'on' OR EXISTS (
  SELECT 1 FROM persons_person p WHERE p.id = persons_personword.person_id OFFSET 0));
ALTER POLICY persons_personword_added ON persons_personword WITH CHECK (pg_trigger_depth() > 0);
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0005_hold_guards")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="persons_person_search"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("is_restricted", False), ("photo__isnull", False)),
                fields=["-last_met_at", "-id"],
                name="persons_person_pictured",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="number_tail",
            field=models.GeneratedField(
                db_index=True,
                db_persist=True,
                expression=django.db.models.functions.text.Right("number", 4),
                output_field=models.CharField(max_length=4),
            ),
        ),
        migrations.CreateModel(
            name="PersonWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "word",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=24)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        ProtectThrough("persons_personword", parent="persons_person", column="person_id"),
        migrations.RunSQL(SEEN, migrations.RunSQL.noop),
    ]
