"""Who sees a stay: its station, whoever oversees it, and the holder of its case. A bed is judged by
what its zone takes now and who the person of the stay is, whatever the program writes."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import OpenAlso, Protect, ProtectThrough

# A stay remains with its station when the case moves on; the next holder reads it with the case.
OF_A_HELD_CASE = """
  case_id IN (SELECT c.case_id FROM persons_case c
              WHERE c.owner_org = (SELECT nullif(current_setting('app.org', true), '')))
"""
OF_RECEPTION = ("belonging", "inquiry")
OF_STAY = ("bedstay", "absence", "extension", "leaving")

TRIGGERS = """
CREATE FUNCTION stays_judge_bed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT r.id, z.sex, z.ages, z.health, z.is_family
    INTO NEW.room_id, NEW.zone_sex, NEW.zone_ages, NEW.zone_health, NEW.is_family_room
    FROM stays_bed b JOIN stays_room r ON r.id = b.room_id JOIN stays_zone z ON z.id = r.zone_id
   WHERE b.id = NEW.bed_id;
  SELECT s.sex, s.is_minor, s.health, coalesce(s.with_stay_id, s.id)
    INTO NEW.sex, NEW.is_minor, NEW.health, NEW.family_number
    FROM stays_stay s WHERE s.id = NEW.stay_id;
  IF NEW.exception = 'with_mother' AND NOT EXISTS (
    SELECT 1 FROM stays_bedstay m
     WHERE m.room_id = NEW.room_id AND m.family_number = NEW.family_number
       AND m.sex = 'female' AND NOT m.is_minor AND m.period && NEW.period
  ) THEN
    RAISE EXCEPTION 'the mother does not sleep in this room'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_bedstay_mother_is_in_the_room';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_bedstay_judged BEFORE INSERT OR UPDATE OF bed_id, stay_id, exception
  ON stays_bedstay FOR EACH ROW EXECUTE FUNCTION stays_judge_bed();

CREATE FUNCTION stays_hold_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.sex, NEW.ages, NEW.health, NEW.is_family, NEW.closed_at)
     IS DISTINCT FROM (OLD.sex, OLD.ages, OLD.health, OLD.is_family, OLD.closed_at)
     AND EXISTS (
    SELECT 1 FROM stays_bedstay s JOIN stays_room r ON r.id = s.room_id
     WHERE r.zone_id = NEW.id AND upper_inf(s.period)
  ) THEN
    RAISE EXCEPTION 'somebody sleeps in this zone'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_zone_keeps_while_somebody_sleeps_there';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_zone_held BEFORE UPDATE ON stays_zone
  FOR EACH ROW EXECUTE FUNCTION stays_hold_zone();
"""
UNDO = """
DROP TRIGGER stays_zone_held ON stays_zone;
DROP FUNCTION stays_hold_zone();
DROP TRIGGER stays_bedstay_judged ON stays_bedstay;
DROP FUNCTION stays_judge_bed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stays", "0001_station"),
        ("persons", "0003_row_history"),
        ("core", "0003_row_history"),
    ]

    operations = [
        Protect("stays_zone"),
        ProtectThrough("stays_room", parent="stays_zone", column="zone_id"),
        ProtectThrough("stays_bed", parent="stays_room", column="room_id"),
        Protect("stays_reception"),
        OpenAlso("stays_reception", policy="seen", condition=OF_A_HELD_CASE),
        Protect("stays_stay"),
        OpenAlso("stays_stay", policy="seen", condition=OF_A_HELD_CASE),
        *(
            ProtectThrough(f"stays_{part}", parent="stays_reception", column="reception_id")
            for part in OF_RECEPTION
        ),
        *(
            ProtectThrough(f"stays_{part}", parent="stays_stay", column="stay_id")
            for part in OF_STAY
        ),
        ProtectThrough("stays_leavingcheck", parent="stays_leaving", column="leaving_id"),
        migrations.RunSQL(TRIGGERS, UNDO),
        KeepHistory("stays_reception"),
        KeepHistory("stays_stay"),
    ]
