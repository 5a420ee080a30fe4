from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION nuantu_renew_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO core_referencetoken ("group", token) VALUES (TG_ARGV[0], gen_random_uuid())
  ON CONFLICT ("group") DO UPDATE SET token = excluded.token;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceToken",
            fields=[
                ("group", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("token", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group", ""), _negated=True),
                        name="core_referencetoken_has_a_group",
                    )
                ],
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION nuantu_renew_token()"),
    ]
