"""The signs of every treatment are sealed, those of earlier versions too."""

import json

from django.db import migrations

from nuantu.core import scope, vault


def _sealed(case_id, signs):
    """The token of what stood in the clear; nothing where the case was erased."""
    if not signs:
        return ""
    words = {"temperature_tenths": None, "signs": list(signs), "test": ""}
    try:
        return vault.seal(case_id, json.dumps(words))
    except vault.KeyDestroyed:
        return ""


def seal(apps, editor):
    """Seal the rows without a version of them in the clear, and the versions there are."""
    with scope.system("the signs of patients are sealed"), editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stays_hospitalcare DISABLE TRIGGER stays_hospitalcare_history")
        cursor.execute("SELECT id, case_id, signs FROM stays_hospitalcare")
        for key, case_id, signs in cursor.fetchall():
            cursor.execute(
                "UPDATE stays_hospitalcare SET seen = %s WHERE id = %s",
                [_sealed(case_id, signs), key],
            )
        cursor.execute("ALTER TABLE stays_hospitalcare ENABLE TRIGGER stays_hospitalcare_history")
        _seal_history(cursor)


def _seal_history(cursor):
    cursor.execute("ALTER TABLE core_rowhistory DISABLE TRIGGER core_rowhistory_append_only")
    cursor.execute("SELECT set_config('app.erasing', 'on', true)")
    cursor.execute(
        "SELECT id, (before->>'case_id')::uuid, before->'signs' FROM core_rowhistory"
        " WHERE table_name = 'stays_hospitalcare' AND before ? 'signs'"
    )
    for key, case_id, signs in cursor.fetchall():
        token = _sealed(case_id, json.loads(signs) if isinstance(signs, str) else signs)
        cursor.execute(
            "UPDATE core_rowhistory SET before = (before - 'signs') || %s::jsonb WHERE id = %s",
            [json.dumps({"seen": token}), key],
        )
    cursor.execute("SELECT set_config('app.erasing', '', true)")
    cursor.execute("ALTER TABLE core_rowhistory ENABLE TRIGGER core_rowhistory_append_only")


def unseal(apps, editor):
    """Back into the open column; what was erased stays away."""
    with scope.system("the signs of patients are opened"), editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, seen FROM stays_hospitalcare WHERE seen <> ''")
        for key, token in cursor.fetchall():
            try:
                words = json.loads(vault.unseal(token))
            except vault.KeyDestroyed:
                continue
            cursor.execute(
                "UPDATE stays_hospitalcare SET signs = %s WHERE id = %s", [words["signs"], key]
            )


class Migration(migrations.Migration):
    dependencies = [
        ("stays", "0030_care_has_a_sealed_column"),
        ("core", "0011_erasure_reaches_stations"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
