"""Temperature, signs and test of every screening are sealed, those of earlier versions too."""

import json

from django.db import migrations

from nuantu.core import scope, vault

OPEN_WORDS = ("temperature_tenths", "signs", "test")


def _sealed(case_id, words):
    """The token of what stood in the clear; nothing where the case was erased."""
    if not (words["temperature_tenths"] or words["signs"] or words["test"]):
        return ""
    try:
        return vault.seal(case_id, json.dumps(words, ensure_ascii=False))
    except vault.KeyDestroyed:
        return ""


def _least(words):
    return "hospital" if words["signs"] else "isolation" if words["test"] == "positive" else "fit"


def seal(apps, editor):
    """Seal the rows without a version of them in the clear, and the versions there are."""
    with scope.system("what was measured is sealed"), editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stays_screening DISABLE TRIGGER stays_screening_history")
        cursor.execute("SELECT id, case_id, temperature_tenths, signs, test FROM stays_screening")
        for key, case_id, *values in cursor.fetchall():
            words = dict(zip(OPEN_WORDS, values, strict=True))
            cursor.execute(
                "UPDATE stays_screening SET measured = %s, least = %s WHERE id = %s",
                [_sealed(case_id, words), _least(words), key],
            )
        cursor.execute("ALTER TABLE stays_screening ENABLE TRIGGER stays_screening_history")
        _seal_history(cursor)


def _seal_history(cursor):
    cursor.execute("ALTER TABLE core_rowhistory DISABLE TRIGGER core_rowhistory_append_only")
    cursor.execute("SELECT set_config('app.erasing', 'on', true)")
    cursor.execute(
        "SELECT id, (before->>'case_id')::uuid, before->'temperature_tenths', before->'signs',"
        " before->>'test' FROM core_rowhistory"
        " WHERE table_name = 'stays_screening' AND before ? 'signs'"
    )
    for key, case_id, tenths, signs, test in cursor.fetchall():
        words = {
            "temperature_tenths": json.loads(tenths or "null"),
            "signs": json.loads(signs),
            "test": test,
        }
        cursor.execute(
            "UPDATE core_rowhistory SET before = (before - %s::text[]) || %s::jsonb WHERE id = %s",
            [
                list(OPEN_WORDS),
                json.dumps({"measured": _sealed(case_id, words), "least": _least(words)}),
                key,
            ],
        )
    cursor.execute("SELECT set_config('app.erasing', '', true)")
    cursor.execute("ALTER TABLE core_rowhistory ENABLE TRIGGER core_rowhistory_append_only")


def unseal(apps, editor):
    """Back into the open columns; what was erased stays away."""
    with scope.system("what was measured is opened"), editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, measured FROM stays_screening WHERE measured <> ''")
        for key, token in cursor.fetchall():
            try:
                words = json.loads(vault.unseal(token))
            except vault.KeyDestroyed:
                continue
            cursor.execute(
                "UPDATE stays_screening SET temperature_tenths = %s, signs = %s, test = %s"
                " WHERE id = %s",
                [*(words[name] for name in OPEN_WORDS), key],
            )


class Migration(migrations.Migration):
    dependencies = [
        ("stays", "0022_screening_has_sealed_columns"),
        ("core", "0010_lines_appended_together"),
    ]

    operations = [
        migrations.RunPython(seal, unseal),
    ]
