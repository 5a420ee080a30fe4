"""Missing-person reports, and the files they come in."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0012_erasure_reaches_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissingReport",
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
                ("number", models.CharField(max_length=24, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("family", "家属、亲友"),
                            ("police", "公安机关"),
                            ("station", "其他救助管理机构"),
                            ("import", "文件导入"),
                        ],
                        max_length=8,
                    ),
                ),
                ("source_name", models.CharField(blank=True, max_length=120)),
                ("source_number", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("nickname", models.CharField(blank=True, max_length=80)),
                ("name_sound", models.CharField(blank=True, max_length=240)),
                ("search_text", models.TextField(blank=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("age_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_noted_date", models.DateField(blank=True, null=True)),
                ("height_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("height_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("accent", models.CharField(blank=True, max_length=80)),
                ("home_words", models.CharField(blank=True, max_length=200)),
                ("home_division", models.CharField(blank=True, max_length=12)),
                ("old_places", models.CharField(blank=True, max_length=200)),
                ("lost_date", models.DateField(blank=True, null=True)),
                (
                    "lost_precision",
                    models.CharField(
                        choices=[("day", "到日"), ("month", "到月"), ("year", "到年")],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("lost_words", models.CharField(blank=True, max_length=200)),
                ("lost_division", models.CharField(blank=True, max_length=12)),
                ("clothing", models.CharField(blank=True, max_length=300)),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("marks_words", models.CharField(blank=True, max_length=300)),
                ("health_words", models.CharField(blank=True, max_length=300)),
                ("id_number", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("id_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                ("searcher_name", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("searcher_relation", models.CharField(blank=True, max_length=40)),
                ("searcher_phone", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("phone_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                ("consent_by", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("consent_date", models.DateField(blank=True, null=True)),
                (
                    "consent_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "书面签字"),
                            ("spoken", "当面口头"),
                            ("phone", "电话"),
                            ("message", "短信、微信"),
                            ("source_body", "来源单位已取得同意"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "consent_purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("consent_until_date", models.DateField(blank=True, null=True)),
                (
                    "dangers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("danger_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("is_restricted", models.BooleanField(default=False)),
                ("restricted_reason", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "寻找中"),
                            ("found", "已找到"),
                            ("withdrawn", "已撤回同意"),
                            ("expired", "同意到期未续"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=120)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=120)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                ("keep_until_date", models.DateField(blank=True, null=True)),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportImport",
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
                ("file_name", models.CharField(max_length=120)),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "Excel"), ("csv", "CSV"), ("pfif", "PFIF 1.4")],
                        max_length=4,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("unread_headings", models.CharField(blank=True, max_length=400)),
                ("source", models.CharField(max_length=8)),
                ("source_name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "待确认"),
                            ("waiting", "等待导入"),
                            ("running", "正在导入"),
                            ("done", "已导入"),
                            ("dropped", "已放弃"),
                        ],
                        default="read",
                        max_length=7,
                    ),
                ),
                ("consent_date", models.DateField(blank=True, null=True)),
                (
                    "consent_purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("row_count", models.PositiveIntegerField()),
                ("made_by", models.CharField(max_length=120)),
                ("made_by_id", models.UUIDField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("keep_until_date", models.DateField()),
                ("is_forgotten", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["owner_org", "-recorded_at"], name="tracing_reportimport_newest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["read", "dropped"]),
                            ("consent_date__isnull", False),
                            _connector="OR",
                        ),
                        name="tracing_reportimport_comes_in_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("done_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="tracing_reportimport_done_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
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
                ("line", models.PositiveIntegerField()),
                ("told", nuantu.core.fields.SealedTextField()),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("like_number", models.CharField(blank=True, max_length=24)),
                ("like_reason", models.CharField(blank=True, max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "可以导入"),
                            ("doubtful", "可能重复"),
                            ("bad", "要先改正"),
                            ("taken", "已登记"),
                            ("skipped", "没有导入"),
                        ],
                        max_length=8,
                    ),
                ),
                ("is_wanted", models.BooleanField(default=True)),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tracing.missingreport",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="tracing.reportimport",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="missingreport",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_org", "-taken_at"],
                name="tracing_missingreport_open",
            ),
        ),
        migrations.AddIndex(
            model_name="missingreport",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["name_sound"],
                name="tracing_missingreport_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("nickname", ""), _negated=True),
                    models.Q(("accent", ""), _negated=True),
                    models.Q(("home_words", ""), _negated=True),
                    models.Q(("old_places", ""), _negated=True),
                    models.Q(("lost_words", ""), _negated=True),
                    models.Q(("clothing", ""), _negated=True),
                    models.Q(("marks", []), _negated=True),
                    models.Q(("marks_words", ""), _negated=True),
                    models.Q(("health_words", ""), _negated=True),
                    models.Q(("id_hash", ""), _negated=True),
                    ("birth_date__isnull", False),
                    ("age_low__isnull", False),
                    ("height_low__isnull", False),
                    ("lost_date__isnull", False),
                    models.Q(("state", "open"), _negated=True),
                    _connector="OR",
                ),
                name="tracing_missingreport_tells_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("age_high__isnull", True), ("age_low__isnull", True)),
                    models.Q(
                        ("age_high__lte", 125),
                        ("age_low__lte", models.F("age_high")),
                        ("age_noted_date__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="tracing_missingreport_age_has_range_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("height_high__isnull", True), ("height_low__isnull", True)),
                    models.Q(
                        ("height_high__lte", 250),
                        ("height_low__gte", 30),
                        ("height_low__lte", models.F("height_high")),
                    ),
                    _connector="OR",
                ),
                name="tracing_missingreport_height_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__in", ["police", "station"]),
                    ("consent_date__isnull", False),
                    _connector="OR",
                ),
                name="tracing_missingreport_family_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("consent_date__isnull", True),
                        ("consent_purposes", []),
                        ("consent_until_date__isnull", True),
                        ("consent_way", ""),
                    ),
                    models.Q(
                        ("consent_date__isnull", False),
                        ("consent_until_date__gte", models.F("consent_date")),
                        models.Q(("consent_way", ""), _negated=True),
                        models.Q(("consent_purposes", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_missingreport_consent_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("keep_until_date__isnull", True),
                        ("state", "open"),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("keep_until_date__isnull", False),
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("closed_reason", ""), _negated=True),
                        models.Q(("closed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_missingreport_closed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_restricted", False),
                    models.Q(("restricted_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_missingreport_restriction_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["batch", "state"], name="tracing_importrow_state"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("batch", "line"), name="tracing_importrow_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "bad"), _negated=True),
                    models.Q(("findings", []), _negated=True),
                    _connector="OR",
                ),
                name="tracing_importrow_bad_says_why",
            ),
        ),
    ]
