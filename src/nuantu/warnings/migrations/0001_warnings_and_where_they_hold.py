import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FeedState",
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
                    "channel",
                    models.CharField(
                        choices=[("api", "接口"), ("folder", "监视文件夹"), ("manual", "手工录入")],
                        max_length=6,
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("last_at", models.DateTimeField()),
                ("message_count", models.PositiveIntegerField(default=0)),
                ("alarmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "source"), name="warnings_feedstate_one_per_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transmission",
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
                ("body", models.BinaryField()),
                ("content_type", models.CharField(blank=True, max_length=120)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                (
                    "channel",
                    models.CharField(
                        choices=[("api", "接口"), ("folder", "监视文件夹"), ("manual", "手工录入")],
                        max_length=6,
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("received_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="warnings_transmission_has_its_digest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Warning",
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
                ("identifier", models.CharField(max_length=200)),
                ("sender", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField()),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("sender_division", models.CharField(blank=True, max_length=12)),
                ("issuer", models.CharField(max_length=200)),
                ("is_national", models.BooleanField(default=False)),
                ("event_code", models.CharField(blank=True, max_length=20)),
                ("event_name", models.CharField(max_length=60)),
                ("event_as_issued", models.CharField(blank=True, max_length=200)),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("white", "白色"),
                            ("blue", "蓝色"),
                            ("yellow", "黄色"),
                            ("orange", "橙色"),
                            ("red", "红色"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "previous_colour",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("white", "白色"),
                            ("blue", "蓝色"),
                            ("yellow", "黄色"),
                            ("orange", "橙色"),
                            ("red", "红色"),
                        ],
                        max_length=6,
                    ),
                ),
                ("replaces_event", models.CharField(blank=True, max_length=60)),
                (
                    "msg_type",
                    models.CharField(
                        choices=[
                            ("alert", "发布"),
                            ("update", "更新"),
                            ("cancel", "解除"),
                            ("ack", "确收回执"),
                            ("error", "报错"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("actual", "实际"),
                            ("exercise", "演练"),
                            ("test", "测试"),
                            ("system", "系统消息"),
                            ("draft", "草稿"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("public", "公开"),
                            ("restricted", "限定范围"),
                            ("private", "不公开"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("cap", "CAP 1.2"),
                            ("national", "12379 预警信息"),
                            ("json", "JSON 数据"),
                            ("text", "文字"),
                            ("manual", "手工录入"),
                        ],
                        max_length=8,
                    ),
                ),
                ("received_at", models.DateTimeField(db_index=True)),
                ("effective_at", models.DateTimeField(blank=True, null=True)),
                ("onset_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("forecast_since", models.DateTimeField(blank=True, null=True)),
                ("forecast_until", models.DateTimeField(blank=True, null=True)),
                ("headline", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
                ("criteria", models.TextField(blank=True)),
                ("instruction", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("object_area", models.TextField(blank=True)),
                ("is_wider", models.BooleanField(default=False)),
                (
                    "notes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("counted", "已计入"),
                            ("not_actual", "不是实际预警"),
                            ("not_public", "不是公开预警"),
                            ("not_a_warning", "回执或报错"),
                            ("elsewhere", "不在本辖区"),
                            ("unlocated", "范围不明"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "transmission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="warnings.transmission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Coverage",
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
                ("part", models.CharField(blank=True, max_length=200)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("code", "区划代码"),
                            ("shape", "图示范围"),
                            ("name", "文中点名"),
                            ("issuer", "发布单位辖区"),
                            ("region", "大区域预报"),
                            ("hand", "人工指定"),
                        ],
                        max_length=6,
                    ),
                ),
                ("root_id", models.UUIDField()),
                ("level", models.CharField(blank=True, max_length=24)),
                ("level_source", models.CharField(blank=True, max_length=120)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("in_force", "生效中"),
                            ("awaiting", "待确认结束"),
                            ("ended", "已结束"),
                            ("lifts", "解除消息"),
                        ],
                        max_length=8,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("holds_until", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lifted", "发布单位已解除"),
                            ("replaced", "由新消息替换"),
                            ("narrowed", "更新后不再包括"),
                            ("expired", "到失效时间"),
                            ("confirmed", "人工确认结束"),
                            ("stale", "收到时已过期"),
                        ],
                        max_length=9,
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_by", models.CharField(blank=True, max_length=120)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by", models.CharField(blank=True, max_length=120)),
                ("confirm_note", models.CharField(blank=True, max_length=300)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended",
                        to="warnings.warning",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverage",
                        to="warnings.warning",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CountyState",
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
                ("level", models.CharField(max_length=24)),
                ("changed_at", models.DateTimeField()),
                (
                    "warning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="warnings.warning",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WarningArea",
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
                ("position", models.PositiveSmallIntegerField()),
                ("description", models.TextField(blank=True)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "polygons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("altitude_metres", models.FloatField(blank=True, null=True)),
                ("ceiling_metres", models.FloatField(blank=True, null=True)),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="warnings.warning",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WarningReference",
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
                ("identifier", models.CharField(blank=True, max_length=200)),
                ("sender", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="warnings.warning",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="warning",
            index=models.Index(fields=["-sent_at", "-id"], name="warnings_warning_sent"),
        ),
        migrations.AddIndex(
            model_name="warning",
            index=models.Index(
                fields=["issuer", "event_name"], name="warnings_warning_issuer_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="warning",
            constraint=models.UniqueConstraint(
                fields=("sender", "identifier", "sent_at", "part"),
                name="warnings_warning_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="warning",
            constraint=models.CheckConstraint(
                condition=models.Q(("event_name", ""), _negated=True),
                name="warnings_warning_names_an_event",
            ),
        ),
        migrations.AddIndex(
            model_name="coverage",
            index=models.Index(
                condition=models.Q(("phase__in", ["in_force", "awaiting"])),
                fields=["division_code"],
                name="warnings_coverage_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(
                fields=("warning", "division_code"), name="warnings_coverage_once_a_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("phase", "ended")),
                    models.Q(
                        models.Q(("phase", "ended"), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="warnings_coverage_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="countystate",
            constraint=models.UniqueConstraint(
                fields=("division_code",), name="warnings_countystate_one_per_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="warningarea",
            constraint=models.UniqueConstraint(
                fields=("warning", "position"), name="warnings_warningarea_one_per_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="warningreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("identifier", ""), _negated=True),
                    ("sent_at__isnull", False),
                    _connector="OR",
                ),
                name="warnings_warningreference_names_something",
            ),
        ),
    ]
