from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION nuantu_row_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO core_rowhistory (table_name, row_id, operation, changed_at, changed_by, before)
  VALUES (TG_TABLE_NAME, OLD.public_id, TG_OP, clock_timestamp(),
          coalesce(current_setting('app.actor', true), ''), to_jsonb(OLD));
  RETURN NULL;
END $$;
CREATE TRIGGER core_rowhistory_append_only BEFORE UPDATE OR DELETE ON core_rowhistory
  FOR EACH ROW EXECUTE FUNCTION nuantu_append_only();
ALTER TABLE core_rowhistory ENABLE ROW LEVEL SECURITY;
ALTER TABLE core_rowhistory FORCE ROW LEVEL SECURITY;
CREATE POLICY core_rowhistory_added ON core_rowhistory FOR INSERT WITH CHECK (true);
CREATE POLICY core_rowhistory_seen ON core_rowhistory FOR SELECT
  USING ((SELECT current_setting('app.system', true)) = 'on');
"""
UNDO = """
DROP POLICY core_rowhistory_added ON core_rowhistory;
DROP POLICY core_rowhistory_seen ON core_rowhistory;
ALTER TABLE core_rowhistory NO FORCE ROW LEVEL SECURITY;
ALTER TABLE core_rowhistory DISABLE ROW LEVEL SECURITY;
DROP TRIGGER core_rowhistory_append_only ON core_rowhistory;
DROP FUNCTION nuantu_row_history();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="RowHistory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.UUIDField()),
                ("operation", models.CharField(max_length=6)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(blank=True, max_length=64)),
                ("before", models.JSONField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table_name", "row_id"], name="core_rowhistory_row")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("operation__in", ["UPDATE", "DELETE"])),
                        name="core_rowhistory_is_a_change",
                    )
                ],
            },
        ),
        migrations.RunSQL(FUNCTION, UNDO),
    ]
