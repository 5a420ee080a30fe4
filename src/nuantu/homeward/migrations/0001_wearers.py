"""Wearers, wristbands, what they agreed to, fences, alarms, and the keys of tracks."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("persons", "0008_minors_are_restricted"),
        ("core", "0014_erasure_reaches_wearers"),
    ]

    operations = [
        migrations.CreateModel(
            name="CellCount",
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
                ("level", models.PositiveSmallIntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("count", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["level", "x", "y"], name="homeward_cellcount_place")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "division_code", "level", "x", "y"),
                        name="homeward_cellcount_square_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0)),
                        name="homeward_cellcount_counts_wearers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gateway",
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
                ("name", models.CharField(max_length=60)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_by", models.CharField(max_length=120)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="homeward_gateway_is_called",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wearer",
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
                ("ground", models.CharField(max_length=200)),
                ("term_days", models.PositiveSmallIntegerField()),
                ("silent_minutes", models.PositiveIntegerField()),
                ("low_battery", models.PositiveSmallIntegerField()),
                ("still_hours", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("margin_metres", models.PositiveSmallIntegerField(default=50)),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_to", models.TimeField(blank=True, null=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrackKey",
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
                ("month_date", models.DateField()),
                ("key_digest", models.CharField(max_length=64)),
                ("fix_count", models.PositiveIntegerField(default=0)),
                ("purged_count", models.PositiveIntegerField(default=0)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "destroyed_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "保存期满"),
                            ("withdrawn", "撤回同意"),
                            ("erased", "个案删除"),
                            ("lost", "密钥文件已不在"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "wearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="track_keys",
                        to="homeward.wearer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LastFix",
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
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("fixed_at", models.DateTimeField(blank=True, null=True)),
                ("battery", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cell_x", models.IntegerField(blank=True, null=True)),
                ("cell_y", models.IntegerField(blank=True, null=True)),
                ("is_doubtful", models.BooleanField(default=False)),
                ("sealed", models.BinaryField(blank=True, null=True)),
                (
                    "track_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="homeward.trackkey",
                    ),
                ),
                (
                    "wearer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="last_fix",
                        to="homeward.wearer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fence",
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
                ("name", models.CharField(max_length=60)),
                ("shape", nuantu.core.fields.SealedTextField()),
                ("hours_from", models.TimeField(blank=True, null=True)),
                ("hours_to", models.TimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "wearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fences",
                        to="homeward.wearer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("locate", "收集位置，走失时寻找"),
                            ("fence", "围栏和异常提醒"),
                            ("share", "走失时把位置告诉公安和寻找的队伍"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "given_by",
                    models.CharField(
                        choices=[("self", "本人"), ("guardian", "监护人")], max_length=8
                    ),
                ),
                ("giver_name", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("giver_phone", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("relation", models.CharField(blank=True, max_length=40)),
                ("paper", models.CharField(max_length=120)),
                ("given_date", models.DateField()),
                ("until_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[("renewed", "已重新登记"), ("withdrawn", "已撤回")],
                        max_length=9,
                    ),
                ),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                (
                    "wearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="homeward.wearer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alarm",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("sos", "本人呼救"),
                            ("fall", "跌倒"),
                            ("outside", "不在围栏内"),
                            ("removed", "手环被摘下"),
                            ("silent", "长时间没有信号"),
                            ("low_battery", "电量低"),
                            ("still", "长时间没有移动"),
                            ("clock", "手环时钟差8小时"),
                        ],
                        max_length=11,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helped", "已联系，人没事"),
                            ("dispatched", "已转派单寻找"),
                            ("false_alarm", "误报"),
                            ("mended", "设备问题，已处理"),
                            ("passed", "自行恢复"),
                        ],
                        max_length=11,
                    ),
                ),
                ("answer", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                ("tip_id", models.UUIDField(blank=True, null=True)),
                (
                    "wearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alarms",
                        to="homeward.wearer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wristband",
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
                ("number", models.CharField(max_length=24)),
                ("made", models.CharField(blank=True, max_length=60)),
                ("id_hash", models.CharField(max_length=64, unique=True)),
                ("token_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_store", "在库"),
                            ("worn", "佩戴中"),
                            ("returned", "已归还，待检查"),
                            ("lost", "丢失"),
                            ("broken", "损坏"),
                        ],
                        default="in_store",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("unstored_count", models.PositiveIntegerField(default=0)),
                ("unstored_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "state"], name="homeward_wristband_stock")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "number"), name="homeward_wristband_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("id_hash", ""), _negated=True),
                        name="homeward_wristband_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wearing",
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
                ("given_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, max_length=8)),
                (
                    "wearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wearings",
                        to="homeward.wearer",
                    ),
                ),
                (
                    "wristband",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wearings",
                        to="homeward.wristband",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="wearer",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["owner_org", "-began_at"],
                name="homeward_wearer_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person", "owner_org"),
                name="homeward_wearer_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="homeward_wearer_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_days__gte", 1), ("term_days__lte", 365)),
                name="homeward_wearer_tracks_have_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.CheckConstraint(
                condition=models.Q(("low_battery__lte", 50), ("silent_minutes__gte", 10)),
                name="homeward_wearer_thresholds_can_be_met",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                    models.Q(("quiet_from__isnull", False), ("quiet_to__isnull", False)),
                    _connector="OR",
                ),
                name="homeward_wearer_quiet_hours_are_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("ended_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_wearer_ends_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="trackkey",
            index=models.Index(
                condition=models.Q(("destroyed_at__isnull", True)),
                fields=["month_date"],
                name="homeward_trackkey_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("destroyed_at__isnull", True)),
                fields=("wearer", "month_date"),
                name="homeward_trackkey_one_for_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True),
                    models.Q(("destroyed_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_trackkey_destroyed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("purged_count__lte", models.F("fix_count"))),
                name="homeward_trackkey_purges_what_it_sealed",
            ),
        ),
        migrations.AddIndex(
            model_name="lastfix",
            index=models.Index(fields=["cell_x", "cell_y"], name="homeward_lastfix_square"),
        ),
        migrations.AddIndex(
            model_name="lastfix",
            index=models.Index(fields=["heard_at"], name="homeward_lastfix_heard"),
        ),
        migrations.AddConstraint(
            model_name="lastfix",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cell_x__isnull", True), ("cell_y__isnull", True)),
                    models.Q(
                        ("cell_x__isnull", False),
                        ("cell_y__isnull", False),
                        ("fixed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="homeward_lastfix_is_in_a_square",
            ),
        ),
        migrations.AddIndex(
            model_name="fence",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["wearer"],
                name="homeward_fence_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="fence",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="homeward_fence_is_called"
            ),
        ),
        migrations.AddConstraint(
            model_name="fence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hours_from__isnull", True), ("hours_to__isnull", True)),
                    models.Q(("hours_from__isnull", False), ("hours_to__isnull", False)),
                    _connector="OR",
                ),
                name="homeward_fence_hours_are_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("wearer", "purpose"),
                name="homeward_consent_one_for_each_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_date__gte", models.F("given_date"))),
                name="homeward_consent_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("paper", ""), _negated=True),
                name="homeward_consent_stands_on_a_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("ended_how", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_consent_ended_means_ended_how",
            ),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["owner_org", "due_at"],
                name="homeward_alarm_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                condition=models.Q(("released_at__isnull", True)),
                fields=["due_at"],
                name="homeward_alarm_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                fields=("wearer", "kind", "began_at"), name="homeward_alarm_one_for_an_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("kind__in", ["outside", "silent", "removed", "low_battery", "still", "clock"]),
                ),
                fields=("wearer", "kind"),
                name="homeward_alarm_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__gte", models.F("told_at")), ("last_at__gte", models.F("began_at"))
                ),
                name="homeward_alarm_moments_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("outcome", "")),
                    models.Q(
                        ("answered_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="homeward_alarm_answered_means_how",
            ),
        ),
        migrations.AddIndex(
            model_name="wearing",
            index=models.Index(
                condition=models.Q(("taken_at__isnull", True)),
                fields=["wristband"],
                name="homeward_wearing_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("wristband", "="),
                    (
                        models.Func(
                            models.F("given_at"),
                            models.F("taken_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="homeward_wearing_one_wearer_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("wearer", "="),
                    (
                        models.Func(
                            models.F("given_at"),
                            models.F("taken_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="homeward_wearing_one_wristband_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="wearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_at__isnull", True),
                    ("taken_at__gte", models.F("given_at")),
                    _connector="OR",
                ),
                name="homeward_wearing_ends_after_it_began",
            ),
        ),
    ]
