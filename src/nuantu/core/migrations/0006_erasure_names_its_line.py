"""An erasure of earlier versions names its line in the journal and stays with the case it is about."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("nuantu.core.migrations.0005_erased_history").FUNCTIONS
FUNCTION = """
CREATE OR REPLACE FUNCTION nuantu_erase_history(
  erased_case uuid, of_table text, of_rows uuid[], columns text[], entry uuid
) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE count integer;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM core_datakey WHERE key_ref = erased_case AND destroyed_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'the data key of % was not destroyed', erased_case
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM core_journalentry
     WHERE public_id = entry AND verb = 'core.key.destroy' AND case_id = erased_case
  ) THEN
    RAISE EXCEPTION 'no line of the journal says that % was erased', erased_case
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.erasing', 'on', true);
  UPDATE core_rowhistory SET before = (before - columns) || jsonb_build_object('erased', entry)
   WHERE table_name = of_table
     AND (before ->> 'case_id' = erased_case::text
          OR (before ->> 'case_id' IS NULL
              AND row_id = ANY(of_rows)
              AND (starts_with(of_table, 'persons_') OR starts_with(of_table, 'encounters_'))));
  GET DIAGNOSTICS count = ROW_COUNT;
  PERFORM set_config('app.erasing', '', true);
  RETURN count;
END $$;
"""


def _as_before() -> str:
    function: str = BEFORE[BEFORE.index("CREATE FUNCTION nuantu_erase_history") :]
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_erased_history")]

    operations = [migrations.RunSQL(FUNCTION, _as_before())]
