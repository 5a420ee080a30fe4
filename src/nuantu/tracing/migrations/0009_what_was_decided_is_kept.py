"""A nickname that was heard is a kind of its own; what people decided on a suspected match keeps its history.

The engine writes its figures anew all the time and what a report said goes when the report ends: neither is copied.
"""

from django.db import migrations, models

HISTORY = """
CREATE FUNCTION tracing_match_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO core_rowhistory (table_name, row_id, operation, changed_at, changed_by, before)
  VALUES (TG_TABLE_NAME, OLD.public_id, TG_OP, clock_timestamp(),
          coalesce(current_setting('app.actor', true), ''),
          to_jsonb(OLD) - ARRAY['words', 'parts', 'generation', 'compared_at']);
  RETURN NULL;
END $$;
CREATE TRIGGER tracing_match_decided AFTER UPDATE ON tracing_match FOR EACH ROW
  WHEN ((OLD.state, OLD.proposed_at, OLD.proposed_by_id, OLD.confirmed_at, OLD.rejected_at, OLD.undone_at)
        IS DISTINCT FROM (NEW.state, NEW.proposed_at, NEW.proposed_by_id, NEW.confirmed_at, NEW.rejected_at, NEW.undone_at))
  EXECUTE FUNCTION tracing_match_history();
CREATE TRIGGER tracing_match_deleted AFTER DELETE ON tracing_match
  FOR EACH ROW EXECUTE FUNCTION tracing_match_history();
"""
UNDO = """
DROP TRIGGER tracing_match_decided ON tracing_match;
DROP TRIGGER tracing_match_deleted ON tracing_match;
DROP FUNCTION tracing_match_history();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracing", "0008_a_step_is_asked"),
    ]

    operations = [
        migrations.AlterField(
            model_name="fragment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("own_name", "自己的名字"),
                    ("nickname", "小名、外号"),
                    ("home", "家在哪里"),
                    ("place", "到过、提到的地方"),
                    ("kin", "亲人的名字、称呼"),
                    ("school", "上过的学"),
                    ("work", "干过的活、单位"),
                    ("accent", "口音、方言用词"),
                    ("other", "别的话"),
                ],
                max_length=8,
            ),
        ),
        migrations.RunSQL(HISTORY, UNDO),
    ]
