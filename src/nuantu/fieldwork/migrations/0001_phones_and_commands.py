"""Phones without signal, what they sent, and what of it the desk must look at."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldDevice",
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
                ("label", models.CharField(max_length=80)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=120)),
                ("revoke_reason", models.CharField(blank=True, max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("bundled_at", models.DateTimeField(blank=True, null=True)),
                ("unsent_count", models.PositiveIntegerField(default=0)),
                ("app_version", models.CharField(blank=True, max_length=20)),
                ("clock_offset_seconds", models.FloatField(blank=True, null=True)),
                ("settled_seq", models.PositiveBigIntegerField(default=0)),
                ("happened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FieldCommand",
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
                ("command_id", models.UUIDField()),
                ("is_copy", models.BooleanField(default=False)),
                ("seq", models.PositiveBigIntegerField(blank=True, null=True)),
                ("kind", models.CharField(blank=True, max_length=24)),
                ("about", models.UUIDField(blank=True, null=True)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                ("body", nuantu.core.fields.SealedTextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待处理"),
                            ("applied", "已登记"),
                            ("review", "待核"),
                            ("settled", "已核"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commands",
                        to="fieldwork.fielddevice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewCard",
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
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("refused", "不能照此登记"),
                            ("contrary", "与同队另一部手机不一致"),
                            ("ended", "手机已收回或到期"),
                            ("copy", "同一编号，内容不同"),
                            ("unknown", "不认识的指令"),
                            ("unreadable", "内容不完整"),
                            ("failed", "程序出错"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核"),
                            ("applied", "已照此登记"),
                            ("entered", "已另行登记"),
                            ("set_aside", "已搁置"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("entered_kind", models.CharField(blank=True, max_length=40)),
                ("entered_id", models.UUIDField(blank=True, null=True)),
                (
                    "command",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card",
                        to="fieldwork.fieldcommand",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommandFile",
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
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("media_type", models.CharField(blank=True, max_length=60)),
                ("size_bytes", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField(blank=True)),
                (
                    "command",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="fieldwork.fieldcommand",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("command", "number"), name="fieldwork_commandfile_one_at_a_time"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="fielddevice",
            index=models.Index(fields=["user", "-recorded_at"], name="fieldwork_device_by_user"),
        ),
        migrations.AddIndex(
            model_name="fielddevice",
            index=models.Index(
                fields=["owner_org", "-recorded_at"], name="fieldwork_device_by_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="fielddevice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    models.Q(("revoke_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="fieldwork_fielddevice_revoked_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fielddevice",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("recorded_at"))),
                name="fieldwork_fielddevice_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldcommand",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["device", "seq"],
                name="fieldwork_command_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldcommand",
            index=models.Index(
                fields=["device", "-received_at"], name="fieldwork_command_by_device"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldcommand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_copy", False)),
                fields=("command_id",),
                name="fieldwork_fieldcommand_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldcommand",
            constraint=models.UniqueConstraint(
                fields=("command_id", "digest"), name="fieldwork_fieldcommand_each_copy_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldcommand",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("received_at"))),
                name="fieldwork_fieldcommand_happened_before_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldcommand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state__in", ["waiting", "review"])),
                    models.Q(("settled_at__isnull", False), ("state__in", ["applied", "settled"])),
                    _connector="OR",
                ),
                name="fieldwork_fieldcommand_settled_has_its_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewcard",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_org", "opened_at"],
                name="fieldwork_card_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="fieldwork_reviewcard_decided_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "set_aside"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="fieldwork_reviewcard_set_aside_for_a_reason",
            ),
        ),
    ]
