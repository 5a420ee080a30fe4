import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_guards"),
        ("operations", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tip",
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
                ("receipt_hash", models.CharField(max_length=64, unique=True)),
                ("idempotency_hash", models.CharField(blank=True, max_length=64, null=True)),
                ("content_digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "待派"),
                            ("assigned", "已派"),
                            ("moving", "途中"),
                            ("on_scene", "现场"),
                            ("closed", "办结"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "网络"),
                            ("hotline", "救助热线"),
                            ("110", "110"),
                            ("12345", "12345"),
                            ("12349", "12349"),
                            ("community", "社区"),
                            ("sanitation", "环卫"),
                            ("taxi", "出租车"),
                            ("volunteer", "志愿者"),
                            ("patrol", "巡查"),
                            ("partner", "合作平台"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("place_text", models.CharField(max_length=200)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("datum", models.CharField(default="wgs84", max_length=8)),
                (
                    "position_source",
                    models.CharField(
                        choices=[
                            ("pin", "地图标点"),
                            ("gps", "手机定位"),
                            ("typed", "输入的坐标"),
                            ("words", "按地点描述"),
                            ("division", "只知道乡镇"),
                            ("none", "没有位置"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_approximate", models.BooleanField(default=False)),
                ("position_doubt", models.CharField(blank=True, max_length=24)),
                ("is_outside_area", models.BooleanField(default=False)),
                ("seen_text", models.CharField(blank=True, max_length=2000)),
                (
                    "urgent_flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("minor", "孩子"),
                                ("elderly", "老人"),
                                ("injured", "受伤"),
                                ("critical", "病重、昏迷"),
                                ("drunk", "醉酒"),
                                ("trapped", "被困"),
                                ("thin_clothes", "衣着单薄"),
                                ("immobile", "行动不便"),
                                ("mental", "精神异常"),
                                ("danger", "威胁安全"),
                                ("trafficked", "疑似被拐"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("person_count", models.PositiveSmallIntegerField(default=1)),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("wants", "问了，愿意接受帮助"),
                            ("refuses", "问了，不愿意"),
                            ("no_answer", "问了，答不清楚"),
                            ("not_asked", "没有问"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("callback", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("callback_hash", models.CharField(blank=True, max_length=64)),
                ("reporter_name", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("received_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                ("received_by", models.CharField(max_length=120)),
                ("received_org", models.CharField(blank=True, max_length=40)),
                ("clock_started_at", models.DateTimeField()),
                ("warn_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("limit_minutes", models.PositiveSmallIntegerField()),
                ("limit_distance", models.CharField(max_length=8)),
                ("limit_travel_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("limit_far_minutes", models.PositiveSmallIntegerField()),
                ("limit_basis", models.CharField(max_length=200)),
                ("limit_rule", models.CharField(blank=True, max_length=60)),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("departed_at", models.DateTimeField(blank=True, null=True)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("station", "入站"),
                            ("hospital", "送医"),
                            ("police", "移交公安"),
                            ("on_spot", "现场救助"),
                            ("left", "自行离开"),
                            ("refused", "拒绝救助"),
                            ("not_found", "未找到"),
                            ("duplicate", "与另一线索重复"),
                            ("not_ours", "不属职责"),
                            ("invalid", "无效"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "verification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "属实"),
                            ("not_found", "未找到"),
                            ("duplicate", "重复"),
                            ("not_ours", "不属职责"),
                            ("invalid", "无效"),
                        ],
                        max_length=12,
                    ),
                ),
                ("close_note", models.CharField(blank=True, max_length=500)),
                ("reopened_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[("", "无"), ("false", "误报"), ("malicious", "恶意")],
                        max_length=10,
                    ),
                ),
                ("mark_reason", models.CharField(blank=True, max_length=300)),
                ("marked_by", models.CharField(blank=True, max_length=120)),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StillThere",
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
                ("said_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("has_reopened", models.BooleanField(default=False)),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="still_there",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemoteGuidance",
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
                ("point_id", models.UUIDField()),
                ("point_name", models.CharField(max_length=120)),
                ("point_phone", models.CharField(blank=True, max_length=40)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "已请求"),
                            ("helping", "正在先行救助"),
                            ("helped", "已先行救助"),
                            ("cannot", "去不了"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("guidance", models.CharField(max_length=500)),
                ("basis", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidances",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("recipient", models.CharField(max_length=32)),
                ("basis", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "待通知"), ("told", "已通知"), ("not_needed", "不需要")],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话"),
                            ("radio", "对讲机"),
                            ("in_person", "当面"),
                            ("message", "短信、工作群"),
                            ("system", "系统"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=120)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "已派单"),
                            ("accepted", "已接单"),
                            ("departed", "已出发"),
                            ("arrived", "已到达"),
                            ("done", "已完成"),
                            ("not_found", "没找到"),
                            ("declined", "已退单"),
                            ("recalled", "已召回"),
                        ],
                        default="assigned",
                        max_length=10,
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("assigned_by", models.CharField(max_length=120)),
                ("guess_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("guess_source", models.CharField(blank=True, max_length=120)),
                ("vehicle", models.CharField(blank=True, max_length=40)),
                (
                    "partners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("police", "公安"),
                                ("urban", "城管"),
                                ("health", "卫健"),
                                ("120", "120"),
                                ("transport", "交通"),
                                ("township", "乡镇街道"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_protective", models.BooleanField(default=False)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("departed_at", models.DateTimeField(blank=True, null=True)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_arrived_at", models.DateTimeField(blank=True, null=True)),
                ("arrived_lat", models.FloatField(blank=True, null=True)),
                ("arrived_lon", models.FloatField(blank=True, null=True)),
                ("arrived_accuracy_metres", models.PositiveIntegerField(blank=True, null=True)),
                ("checked_in_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("station", "入站"),
                            ("hospital", "送医"),
                            ("police", "移交公安"),
                            ("on_spot", "现场救助"),
                            ("left", "自行离开"),
                            ("refused", "拒绝救助"),
                            ("not_found", "未找到"),
                            ("duplicate", "与另一线索重复"),
                            ("not_ours", "不属职责"),
                            ("invalid", "无效"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.team",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TipLink",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "疑似重复"),
                            ("same", "确认是同一人"),
                            ("different", "不是同一人"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField()),
                ("metres", models.PositiveIntegerField(blank=True, null=True)),
                ("reasons", models.CharField(blank=True, max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to_later",
                        to="dispatch.tip",
                    ),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to_earlier",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TipPhoto",
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
                ("added_at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["state", "due_at"],
                name="dispatch_tip_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["-closed_at"],
                name="dispatch_tip_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["received_at"], name="dispatch_tip_received"),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["owner_org", "-received_at"], name="dispatch_tip_register"),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                condition=models.Q(("callback_hash", ""), _negated=True),
                fields=["callback_hash"],
                name="dispatch_tip_same_caller",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.UniqueConstraint(
                fields=("idempotency_hash",), name="dispatch_tip_sent_twice_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                    _connector="OR",
                ),
                name="dispatch_tip_is_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("place_text", ""), _negated=True),
                name="dispatch_tip_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("person_count__range", (1, 999))),
                name="dispatch_tip_about_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__gt", models.F("clock_started_at")),
                    ("warn_at__lte", models.F("due_at")),
                    models.Q(("limit_basis", ""), _negated=True),
                ),
                name="dispatch_tip_clock_has_limit_and_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("closed_at__isnull", True),
                        ("outcome", ""),
                    ),
                    _connector="OR",
                ),
                name="dispatch_tip_closed_with_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mark", ""), ("mark_reason", "")),
                    models.Q(
                        models.Q(("mark", ""), _negated=True),
                        models.Q(("mark_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispatch_tip_mark_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follows__isnull", True), ("outcome", "duplicate"), _connector="OR"
                ),
                name="dispatch_tip_follower_is_closed_as_duplicate",
            ),
        ),
        migrations.AddConstraint(
            model_name="stillthere",
            constraint=models.UniqueConstraint(
                fields=("tip", "said_at"), name="dispatch_stillthere_said_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="remoteguidance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "helping"])),
                fields=("tip", "point_id"),
                name="dispatch_remoteguidance_point_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="remoteguidance",
            constraint=models.CheckConstraint(
                condition=models.Q(("guidance", ""), _negated=True),
                name="dispatch_remoteguidance_says_what_to_do",
            ),
        ),
        migrations.AddConstraint(
            model_name="remoteguidance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="dispatch_remoteguidance_answer_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("tip", "recipient"), name="dispatch_notice_once_per_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "told"), _negated=True),
                    models.Q(
                        ("told_at__isnull", False),
                        models.Q(("way", ""), _negated=True),
                        models.Q(("by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispatch_notice_told_when_how_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not_needed"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_notice_left_out_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ("assigned", "accepted", "departed", "arrived"))),
                fields=["team", "assigned_at"],
                name="dispatch_dispatch_live_by_team",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ("assigned", "accepted", "departed", "arrived"))),
                fields=["owner_org"],
                name="dispatch_dispatch_live_by_org",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("assigned", "accepted", "departed", "arrived"))),
                fields=("tip", "team"),
                name="dispatch_dispatch_team_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("state__in", ("assigned", "accepted", "departed", "arrived")),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("assigned", "accepted", "departed", "arrived")),
                            _negated=True,
                        ),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dispatch_dispatch_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "recalled", "not_found"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_dispatch_broken_off_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived_at__isnull", True),
                    ("arrived_at__gte", models.F("assigned_at")),
                    _connector="OR",
                ),
                name="dispatch_dispatch_arrives_after_it_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrived_lat__isnull", True), ("arrived_lon__isnull", True)),
                    models.Q(
                        ("arrived_lat__range", (-90, 90)), ("arrived_lon__range", (-180, 180))
                    ),
                    _connector="OR",
                ),
                name="dispatch_dispatch_arrives_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="tiplink",
            constraint=models.UniqueConstraint(
                fields=("earlier", "later"), name="dispatch_tiplink_once_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="tiplink",
            constraint=models.CheckConstraint(
                condition=models.Q(("earlier", models.F("later")), _negated=True),
                name="dispatch_tiplink_joins_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="tiplink",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (0, 1))),
                name="dispatch_tiplink_score_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="tiplink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "proposed")),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dispatch_tiplink_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="tipphoto",
            constraint=models.UniqueConstraint(
                fields=("tip", "file"), name="dispatch_tipphoto_once_per_tip"
            ),
        ),
    ]
