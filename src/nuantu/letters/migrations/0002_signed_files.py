"""Letters as signed files: the key of a house, the keys it knows, the files of a letter."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough, WriteOwn

TABLES = ("letters_organisationkey", "letters_knownkey", "letters_letterfile")


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0001_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="means",
            field=models.CharField(
                choices=[("nuantu", "本系统"), ("paper", "纸质公函"), ("file", "签名文件")],
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="letterline",
            name="event",
            field=models.CharField(
                choices=[
                    ("sent", "发函"),
                    ("read", "对方已读"),
                    ("reminded", "催办"),
                    ("asked_back", "反问"),
                    ("replied", "回复反问"),
                    ("answered", "答复"),
                    ("withdrawn", "撤回"),
                    ("carried", "上报协调"),
                    ("waits", "告知接站地点"),
                    ("arrived", "确认到达"),
                    ("filed", "存成文件"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="letterline",
            name="means",
            field=models.CharField(
                choices=[("nuantu", "本系统"), ("paper", "纸质公函"), ("file", "签名文件")],
                max_length=6,
            ),
        ),
        migrations.CreateModel(
            name="KnownKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=nuantu.core.ids.new_id, editable=False, unique=True),
                ),
                ("division_code", models.CharField(db_index=True, max_length=12)),
                ("owner_org", models.CharField(db_index=True, max_length=40)),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(default=nuantu.core.clock.now, editable=False),
                ),
                ("name", models.CharField(max_length=120)),
                ("public_key", models.CharField(max_length=44)),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "name"),
                        name="letters_knownkey_one_of_each_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("confirmed_by", ""), _negated=True),
                        ),
                        name="letters_knownkey_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=nuantu.core.ids.new_id, editable=False, unique=True),
                ),
                ("division_code", models.CharField(db_index=True, max_length=12)),
                ("owner_org", models.CharField(db_index=True, max_length=40)),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(default=nuantu.core.clock.now, editable=False),
                ),
                ("public_key", models.CharField(max_length=44)),
                ("private_key", nuantu.core.fields.SealedTextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org",), name="letters_organisationkey_one_in_a_house"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=nuantu.core.ids.new_id, editable=False, unique=True),
                ),
                ("file_id", models.UUIDField()),
                ("answer_key", nuantu.core.fields.SealedTextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=120)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["file_id"], name="letters_letterfile_file")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "file_id"), name="letters_letterfile_once_with_a_letter"
                    )
                ],
            },
        ),
        Protect("letters_organisationkey"),
        Protect("letters_knownkey"),
        ProtectThrough("letters_letterfile", parent="letters_letter", column="letter_id"),
        WriteOwn("letters_letterfile", ("letters_letter", "letter_id")),
        *(HideFromNarrow(table) for table in TABLES),
        *(KeepHistory(table) for table in TABLES),
    ]
