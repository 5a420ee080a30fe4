"""Who sees the safety of a house; a locked food sample stays in the fridge, whatever the program
writes, until the head of the station released it."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough

TRIGGER = """
CREATE FUNCTION stays_keep_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.is_locked AND (TG_OP = 'DELETE' OR NOT NEW.is_locked) AND NOT EXISTS (
    SELECT 1 FROM stays_foodsuspicion s
     WHERE s.id = OLD.suspicion_id AND s.released_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'the sample is locked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_foodsample_is_released_first';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER stays_foodsample_locked BEFORE UPDATE OR DELETE ON stays_foodsample
  FOR EACH ROW EXECUTE FUNCTION stays_keep_locked();
"""
UNDO = """
DROP TRIGGER stays_foodsample_locked ON stays_foodsample;
DROP FUNCTION stays_keep_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("stays", "0004_safety")]

    operations = [
        *(
            Protect(f"stays_{name}")
            for name in (
                "foodsuspicion",
                "kitchenmeal",
                "ownchecklist",
                "safetycheck",
                "inspection",
                "hazard",
            )
        ),
        ProtectThrough("stays_foodsample", parent="stays_kitchenmeal", column="meal_id"),
        ProtectThrough("stays_checkline", parent="stays_safetycheck", column="safety_check_id"),
        migrations.RunSQL(TRIGGER, UNDO),
        KeepHistory("stays_foodsample"),
        KeepHistory("stays_hazard"),
    ]
