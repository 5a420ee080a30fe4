"""Tracing notices, their versions, where they stand, what the public says."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_erasure_reaches_tracing"),
        ("persons", "0008_minors_are_restricted"),
        ("tracing", "0004_identity_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeChannel",
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
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("site", "网站"),
                            ("app", "新闻客户端、短视频"),
                            ("wechat", "微信公众号、微信群"),
                            ("paper", "报纸"),
                            ("radio", "广播、电视"),
                            ("wall", "张贴"),
                            ("own", "本系统的公开页面"),
                        ],
                        max_length=6,
                    ),
                ),
                ("is_closed", models.BooleanField(default=False)),
                ("entered_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",), name="tracing_noticechannel_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="tracing_noticechannel_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeVersion",
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
                ("version", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("waiting", "等审核"),
                            ("returned", "退回修改"),
                            ("approved", "已审核"),
                            ("dropped", "已放弃"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        max_length=7,
                    ),
                ),
                ("age_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("height_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("height_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("well", "看起来健康"),
                            ("weak", "体弱"),
                            ("hurt", "有伤"),
                            ("moves_badly", "行动不便"),
                            ("sees_badly", "看不清或看不见"),
                            ("hears_badly", "听力或说话有困难"),
                            ("unknown", "不详"),
                        ],
                        default="unknown",
                        max_length=11,
                    ),
                ),
                (
                    "intellect",
                    models.CharField(
                        choices=[
                            ("usual", "能正常交流"),
                            ("slow", "理解、表达有困难"),
                            ("unknown", "不详"),
                        ],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "mental_state",
                    models.CharField(
                        choices=[
                            ("calm", "平静"),
                            ("confused", "糊涂，说不清自己是谁"),
                            ("unsettled", "情绪不稳"),
                            ("unknown", "不详"),
                        ],
                        default="unknown",
                        max_length=9,
                    ),
                ),
                ("features", models.CharField(blank=True, max_length=300)),
                ("clothing", models.CharField(blank=True, max_length=200)),
                ("found_date", models.DateField()),
                ("found_place", models.CharField(max_length=120)),
                ("changed_words", models.CharField(blank=True, max_length=300)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=7),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("minor_basis", models.CharField(blank=True, max_length=300)),
                ("danger_basis", models.CharField(blank=True, max_length=300)),
                ("own_consent", models.CharField(blank=True, max_length=300)),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by", models.CharField(max_length=120)),
                ("drafted_by_id", models.UUIDField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.CharField(blank=True, max_length=120)),
                ("approved_by_id", models.UUIDField(blank=True, null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=300)),
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
            name="TracingNotice",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "还没发布"),
                            ("standing", "发布中"),
                            ("withdrawn", "已撤回"),
                            ("dropped", "没有发布，已放弃"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("standing_since", models.DateTimeField(blank=True, null=True)),
                ("refreshed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identified", "身份已查明"),
                            ("died", "本人死亡"),
                            ("objection", "本人或监护人不同意"),
                            ("danger", "继续发布有危险"),
                            ("mistake", "公告有误"),
                            ("other", "其他原因"),
                        ],
                        max_length=10,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=120)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("keep_until_date", models.DateField(blank=True, null=True)),
                (
                    "of_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TracingLead",
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
                    "came_by",
                    models.CharField(
                        choices=[
                            ("phone", "电话"),
                            ("web", "网上留言"),
                            ("visit", "来访"),
                            ("letter", "来信"),
                        ],
                        max_length=6,
                    ),
                ),
                ("came_at", models.DateTimeField()),
                ("words", models.CharField(max_length=600)),
                ("source_name", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("source_phone", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("is_for_reward", models.BooleanField(default=False)),
                ("is_threat", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "待判断"),
                            ("useful", "有用"),
                            ("useless", "没有用"),
                            ("abusive", "恶意、骚扰"),
                        ],
                        default="new",
                        max_length=7,
                    ),
                ),
                ("taken_by", models.CharField(max_length=120)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("judged_by", models.CharField(blank=True, max_length=120)),
                ("judged_words", models.CharField(blank=True, max_length=300)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="tracing.tracingnotice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
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
                ("channel", models.CharField(max_length=40)),
                ("channel_name", models.CharField(max_length=80)),
                ("channel_name_en", models.CharField(blank=True, max_length=120)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("site", "网站"),
                            ("app", "新闻客户端、短视频"),
                            ("wechat", "微信公众号、微信群"),
                            ("paper", "报纸"),
                            ("radio", "广播、电视"),
                            ("wall", "张贴"),
                            ("own", "本系统的公开页面"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("up", "发布中"), ("failed", "没有发布成功"), ("down", "已撤下")],
                        max_length=6,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("sent_by", models.CharField(max_length=120)),
                ("link", models.CharField(blank=True, max_length=400)),
                ("outside_number", models.CharField(blank=True, max_length=60)),
                ("proof_digest", models.CharField(blank=True, max_length=64)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("down_at", models.DateTimeField(blank=True, null=True)),
                ("down_by", models.CharField(blank=True, max_length=120)),
                ("down_words", models.CharField(blank=True, max_length=300)),
                ("down_link", models.CharField(blank=True, max_length=400)),
                ("down_digest", models.CharField(blank=True, max_length=64)),
                (
                    "down_proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="tracing.noticeversion",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="tracing.tracingnotice",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="noticeversion",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="tracing.tracingnotice",
            ),
        ),
        migrations.AddIndex(
            model_name="tracingnotice",
            index=models.Index(
                fields=["owner_org", "-recorded_at"], name="tracing_tracingnotice_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="tracingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="tracing_tracingnotice_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="tracingnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "standing"])),
                fields=("case_id",),
                name="tracing_tracingnotice_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="tracingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["standing", "withdrawn"]), _negated=True),
                    models.Q(
                        ("refreshed_at__gte", models.F("standing_since")),
                        ("standing_since__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="tracing_tracingnotice_stands_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="tracingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cause", ""),
                        ("state__in", ["draft", "standing"]),
                        ("withdrawn_at__isnull", True),
                    ),
                    models.Q(
                        ("state__in", ["withdrawn", "dropped"]),
                        ("withdrawn_at__isnull", False),
                        ("keep_until_date__isnull", False),
                        models.Q(("cause", ""), _negated=True),
                        models.Q(("withdrawn_by", ""), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_tracingnotice_withdrawn_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="tracinglead",
            index=models.Index(fields=["notice", "-came_at"], name="tracing_tracinglead_newest"),
        ),
        migrations.AddConstraint(
            model_name="tracinglead",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="tracing_tracinglead_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="tracinglead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_at__isnull", True), ("state", "new")),
                    models.Q(
                        ("judged_at__isnull", False),
                        models.Q(("judged_by", ""), _negated=True),
                        models.Q(("judged_words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_tracinglead_judged_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("down_at__isnull", False),
                        ("state", "down"),
                        ("down_at__gte", models.F("sent_at")),
                        models.Q(("down_by", ""), _negated=True),
                        models.Q(
                            models.Q(("down_words", ""), _negated=True),
                            models.Q(("down_link", ""), _negated=True),
                            models.Q(("down_digest", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    models.Q(models.Q(("state", "down"), _negated=True), ("down_at__isnull", True)),
                    _connector="OR",
                ),
                name="tracing_posting_down_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "up"), _negated=True),
                    ("form", "own"),
                    models.Q(("link", ""), _negated=True),
                    models.Q(("outside_number", ""), _negated=True),
                    models.Q(("proof_digest", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_posting_up_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_posting_failed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "up")),
                fields=("notice", "channel"),
                name="tracing_posting_once_on_a_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.UniqueConstraint(
                fields=("notice", "version"), name="tracing_noticeversion_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "waiting", "returned"])),
                fields=("notice",),
                name="tracing_noticeversion_one_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by_id__isnull", False),
                        models.Q(("approved_by", ""), _negated=True),
                        models.Q(("approved_by_id", models.F("drafted_by_id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_noticeversion_approved_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        models.Q(
                            models.Q(("needs__contains", ["minor"]), _negated=True),
                            ("photo__isnull", True),
                            models.Q(("minor_basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("needs__contains", ["danger"]), _negated=True),
                            models.Q(("danger_basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("needs__contains", ["consent"]), _negated=True),
                            models.Q(("own_consent", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="tracing_noticeversion_rests_on_what_the_law_asks",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("age_high__isnull", True), ("age_low__isnull", True)),
                    models.Q(("age_high__lte", 125), ("age_low__lte", models.F("age_high"))),
                    _connector="OR",
                ),
                name="tracing_noticeversion_age_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
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
                name="tracing_noticeversion_height_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name__regex", "\\d{7,}"), _negated=True),
                    models.Q(("features__regex", "\\d{7,}"), _negated=True),
                    models.Q(("clothing__regex", "\\d{7,}"), _negated=True),
                    models.Q(("found_place__regex", "\\d{7,}"), _negated=True),
                ),
                name="tracing_noticeversion_holds_no_long_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("returned_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_noticeversion_returned_for_a_reason",
            ),
        ),
    ]
