"""Return plans: their legs, escorts, costs and what happened on the way."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0014_erasure_reaches_wearers"),
        ("homeward", "0006_guardians_and_papers"),
        ("persons", "0008_minors_are_restricted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Leg",
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
                    "means",
                    models.CharField(
                        choices=[
                            ("train", "火车"),
                            ("coach", "客车"),
                            ("ship", "轮船"),
                            ("car", "救助车辆"),
                            ("plane", "飞机"),
                        ],
                        max_length=5,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=20)),
                ("origin", models.CharField(max_length=60)),
                ("goal", models.CharField(max_length=60)),
                ("leaves_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("station_words", models.CharField(blank=True, max_length=200)),
                (
                    "ticket",
                    models.CharField(
                        choices=[
                            ("none", "未购"),
                            ("bought", "已购"),
                            ("handed", "已交本人或护送人"),
                            ("refunded", "已退"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("ticket_number", models.CharField(blank=True, max_length=40)),
                ("ticket_fen", models.PositiveIntegerField(default=0)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReturnPlan",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("self", "自行返乡（发票证）"),
                            ("relatives", "亲属接领"),
                            ("fetched", "流出地接回"),
                            ("escorted", "护送返回"),
                            ("station", "半程移交外省救助站"),
                        ],
                        max_length=9,
                    ),
                ),
                ("home_division", models.CharField(blank=True, max_length=12)),
                ("destination", nuantu.core.fields.SealedTextField()),
                ("taker", models.CharField(blank=True, max_length=60)),
                ("taker_relation", models.CharField(blank=True, max_length=40)),
                ("taker_number", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("taker_phone", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("is_taker_checked", models.BooleanField(default=False)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refused_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                ("cleared_by", models.CharField(blank=True, max_length=120)),
                ("cleared_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("safety_at", models.DateTimeField(blank=True, null=True)),
                ("safety_by", models.CharField(blank=True, max_length=120)),
                ("safety", models.CharField(blank=True, max_length=8)),
                ("safety_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "halt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("epidemic", "疫情防控限制返乡"),
                            ("road", "道路或车次中断"),
                            ("weather", "极端天气"),
                            ("home", "流出地不接收"),
                        ],
                        max_length=8,
                    ),
                ),
                ("halt_words", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "安排中"),
                            ("under_way", "在途"),
                            ("arrived", "已到达"),
                            ("lost", "途中走失"),
                            ("called_off", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("departed_at", models.DateTimeField(blank=True, null=True)),
                ("expected_at", models.DateTimeField(blank=True, null=True)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("ended_words", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "taker_copy",
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
            name="ReturnLine",
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
                    "event",
                    models.CharField(
                        choices=[
                            ("departed", "出发"),
                            ("well", "途中联系，平安"),
                            ("ill", "途中患病"),
                            ("ran_away", "途中走失或自行离开"),
                            ("wrong_address", "地址不对，找不到家"),
                            ("no_family", "家属没有到站接"),
                            ("overdue", "到达时间已过，没有消息"),
                            ("arrived", "到达"),
                            ("found", "走失后找到"),
                        ],
                        max_length=13,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("told_police", models.CharField(blank=True, max_length=120)),
                (
                    "heard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话"),
                            ("message", "短信、微信或函"),
                            ("sheet", "签收的交接单"),
                            ("seen", "护送人员当面"),
                        ],
                        max_length=7,
                    ),
                ),
                ("heard_of", models.CharField(blank=True, max_length=60)),
                ("happened_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                ("tip_id", models.UUIDField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="homeward.returnplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnCost",
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
                    "head",
                    models.CharField(
                        choices=[
                            ("fare", "车船票"),
                            ("meals", "途中伙食"),
                            ("lodging", "途中住宿"),
                            ("staff", "护送人员差旅"),
                            ("other", "其他"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("here", "本地救助经费"),
                            ("home", "流出地"),
                            ("relatives", "亲属"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                    ),
                ),
                ("amount_fen", models.PositiveIntegerField()),
                ("words", models.CharField(blank=True, max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "leg",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="homeward.leg",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="homeward.returnplan",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="leg",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="legs",
                to="homeward.returnplan",
            ),
        ),
        migrations.CreateModel(
            name="Escort",
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
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        max_length=7,
                    ),
                ),
                ("is_medical", models.BooleanField(default=False)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escorts",
                        to="homeward.returnplan",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="returnplan",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "under_way", "lost"])),
                fields=["owner_org", "expected_at"],
                name="homeward_returnplan_open",
            ),
        ),
        migrations.AddIndex(
            model_name="returnplan",
            index=models.Index(
                fields=["owner_org", "-recorded_at"], name="homeward_returnplan_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["planned", "under_way", "lost"])),
                fields=("case_id",),
                name="homeward_returnplan_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="homeward_returnplan_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["under_way", "lost", "arrived"]), _negated=True),
                    models.Q(("departed_at__isnull", False), ("expected_at__isnull", False)),
                    _connector="OR",
                ),
                name="homeward_returnplan_on_the_way_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrived_at__gte", models.F("departed_at")), ("state", "arrived")),
                    models.Q(
                        models.Q(("state", "arrived"), _negated=True), ("arrived_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="homeward_returnplan_arrived_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "called_off"), _negated=True),
                    models.Q(("ended_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_returnplan_called_off_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cleared_at__isnull", True),
                    models.Q(("cleared_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_returnplan_cleared_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("safety", ""), ("safety_at__isnull", True)),
                    models.Q(
                        ("safety__in", ["go", "stay"]),
                        ("safety_at__isnull", False),
                        models.Q(("safety_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_returnplan_safety_is_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("halt", ""), models.Q(("halt_words", ""), _negated=True), _connector="OR"
                ),
                name="homeward_returnplan_halt_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", "ran_away"), _negated=True),
                    models.Q(
                        models.Q(("place", ""), _negated=True),
                        models.Q(("told_police", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_returnline_who_ran_away_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", "arrived"), _negated=True),
                    models.Q(
                        models.Q(("heard", ""), _negated=True),
                        models.Q(("heard_of", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_returnline_arrival_was_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="returncost",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="homeward_returncost_is_some_money"
            ),
        ),
        migrations.AddIndex(
            model_name="leg",
            index=models.Index(fields=["number", "leaves_at"], name="homeward_leg_transport"),
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("leaves_at"))),
                name="homeward_leg_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", ""), _negated=True), models.Q(("goal", ""), _negated=True)
                ),
                name="homeward_leg_leads_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ticket", "none"),
                    models.Q(("ticket_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_leg_ticket_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dropped_at__isnull", True),
                    ("ticket__in", ["none", "refunded"]),
                    _connector="OR",
                ),
                name="homeward_leg_dropped_without_its_ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="escort",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_at__gt", models.F("from_at"))),
                name="homeward_escort_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="escort",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("dropped_at__isnull", True), ("user__isnull", False)),
                expressions=[
                    ("user", "="),
                    (
                        models.Func(
                            models.F("from_at"),
                            models.F("to_at"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="homeward_escort_nobody_twice_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="escort",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at__isnull", True)),
                fields=("plan", "name"),
                name="homeward_escort_once_in_a_plan",
            ),
        ),
    ]
