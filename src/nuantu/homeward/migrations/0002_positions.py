"""Where somebody was: one partition for each month, opened and dropped by two functions of the owner."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = """
CREATE TABLE homeward_position (
  wearer_id bigint NOT NULL REFERENCES homeward_wearer (id),
  fixed_at timestamptz NOT NULL,
  told_at timestamptz NOT NULL,
  track_key_id bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (wearer_id, fixed_at)
) PARTITION BY RANGE (fixed_at);
CREATE FUNCTION nuantu_open_month(month date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE name text := 'homeward_position_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('homeward_position'));
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format(
    'CREATE TABLE %I PARTITION OF homeward_position FOR VALUES FROM (%L) TO (%L)', name,
    date_trunc('month', month)::timestamp AT TIME ZONE 'UTC',
    (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC');
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  RETURN true;
END $$;
CREATE FUNCTION nuantu_drop_month(month date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE name text := 'homeward_position_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass(name) IS NULL THEN RETURN false; END IF;
  PERFORM set_config('app.system', 'on', true);
  IF EXISTS (
    SELECT 1 FROM homeward_trackkey
     WHERE month_date = date_trunc('month', month)::date AND destroyed_at IS NULL
  ) THEN
    RAISE EXCEPTION 'a track key of % is still there', to_char(month, 'YYYY-MM')
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('DROP TABLE %I', name);
  RETURN true;
END $$;
"""
UNDO = """
DROP FUNCTION nuantu_drop_month(date);
DROP FUNCTION nuantu_open_month(date);
DROP TABLE homeward_position;
"""


class Migration(migrations.Migration):
    dependencies = [("homeward", "0001_wearers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "wearer_id",
                                "fixed_at",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("fixed_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField()),
                        ("sealed", models.BinaryField()),
                        (
                            "track_key",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="homeward.trackkey",
                            ),
                        ),
                        (
                            "wearer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="homeward.wearer",
                            ),
                        ),
                    ],
                ),
            ],
            database_operations=[migrations.RunSQL(TABLE, UNDO)],
        ),
    ]
