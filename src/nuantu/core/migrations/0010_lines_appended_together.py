"""Several lines of the journal by one statement, each chained to the one before it."""

from django.db import migrations

APPEND = """
CREATE FUNCTION nuantu_append_lines(lines jsonb) RETURNS TABLE (place bigint, link text)
LANGUAGE plpgsql AS $$
DECLARE
  line jsonb;
BEGIN
  FOR line IN SELECT value FROM jsonb_array_elements(lines) WITH ORDINALITY ORDER BY ordinality
  LOOP
    INSERT INTO core_journalchain AS head (chain, seq, digest)
    VALUES (line->>'chain', 1,
      encode(sha256(convert_to((line->>'genesis') || (line->>'payload'), 'UTF8')), 'hex'))
    ON CONFLICT (chain) DO UPDATE SET seq = head.seq + 1,
      digest = encode(sha256(convert_to(head.digest || (line->>'payload'), 'UTF8')), 'hex')
    RETURNING head.seq, head.digest INTO place, link;
    INSERT INTO core_journalentry (public_id, chain, seq, digest, verb, summary, basis, actor_id,
      actor_name, actor_org, happened_at, recorded_at, division_code, owner_org, case_id, changes,
      sealed)
    SELECT e.public_id, e.chain, place, link, e.verb, e.summary, e.basis, e.actor_id,
      e.actor_name, e.actor_org, e.happened_at, e.recorded_at, e.division_code, e.owner_org,
      e.case_id, e.changes, e.sealed
    FROM jsonb_to_record(line) AS e (public_id uuid, chain text, verb text, summary text,
      basis text, actor_id text, actor_name text, actor_org text, happened_at timestamptz,
      recorded_at timestamptz, division_code text, owner_org text, case_id uuid, changes jsonb,
      sealed text);
    INSERT INTO core_journalsubject (entry_id, kind, subject_id, public_id)
    SELECT (line->>'public_id')::uuid, s.kind, s.subject_id, s.public_id
    FROM jsonb_to_recordset(line->'subjects') AS s (kind text, subject_id uuid, public_id uuid);
    RETURN NEXT;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0009_erasure_reaches_sweeps")]

    operations = [
        migrations.RunSQL(APPEND, "DROP FUNCTION nuantu_append_lines(jsonb)"),
    ]
