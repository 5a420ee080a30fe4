"""An erasure reaches the earlier versions of rows: values go, that they were there stays."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION nuantu_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND current_setting('app.erasing', true) = 'on'
     AND NEW.before ? 'erased'
     AND OLD.before @> (NEW.before - 'erased')
     AND (NEW.id, NEW.table_name, NEW.row_id, NEW.operation, NEW.changed_at, NEW.changed_by)
       = (OLD.id, OLD.table_name, OLD.row_id, OLD.operation, OLD.changed_at, OLD.changed_by)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER core_rowhistory_append_only ON core_rowhistory;
CREATE TRIGGER core_rowhistory_append_only BEFORE UPDATE OR DELETE ON core_rowhistory
  FOR EACH ROW EXECUTE FUNCTION nuantu_only_erased();
CREATE POLICY core_rowhistory_erased ON core_rowhistory FOR UPDATE
  USING ((SELECT current_setting('app.system', true)) = 'on'
         AND (SELECT current_setting('app.erasing', true)) = 'on');
CREATE FUNCTION nuantu_erase_history(
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
  PERFORM set_config('app.erasing', 'on', true);
  UPDATE core_rowhistory SET before = (before - columns) || jsonb_build_object('erased', entry)
   WHERE table_name = of_table
     AND (row_id = ANY(of_rows) OR before ->> 'case_id' = erased_case::text)
     AND coalesce(before ->> 'case_id', erased_case::text) = erased_case::text;
  GET DIAGNOSTICS count = ROW_COUNT;
  PERFORM set_config('app.erasing', '', true);
  RETURN count;
END $$;
"""
UNDO = """
DROP FUNCTION nuantu_erase_history(uuid, text, uuid[], text[], uuid);
DROP POLICY core_rowhistory_erased ON core_rowhistory;
DROP TRIGGER core_rowhistory_append_only ON core_rowhistory;
CREATE TRIGGER core_rowhistory_append_only BEFORE UPDATE OR DELETE ON core_rowhistory
  FOR EACH ROW EXECUTE FUNCTION nuantu_append_only();
DROP FUNCTION nuantu_only_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_reference_tokens")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
