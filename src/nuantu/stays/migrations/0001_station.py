"""Zones, rooms and beds; receptions with belongings and inquiries; stays, beds, absences, leavings."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0009_erasure_reaches_sweeps"),
        ("persons", "0003_row_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
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
                ("name", models.CharField(max_length=40)),
                ("is_barrier_free", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Reception",
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
                            ("open", "接待中"),
                            ("admitted", "已入站"),
                            ("refused", "不予救助"),
                            ("hospital_first", "先送医"),
                            ("police", "已报警移交"),
                            ("withdrawn", "本人离开"),
                        ],
                        default="open",
                        max_length=14,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "arrival_mode",
                    models.CharField(
                        choices=[
                            ("self", "自行来站"),
                            ("team", "救助队护送"),
                            ("police", "公安护送"),
                            ("urban", "城管护送"),
                            ("public", "群众护送"),
                            ("guided", "街面引导"),
                            ("hospital", "医院转来"),
                            ("station", "他站转入"),
                        ],
                        max_length=8,
                    ),
                ),
                ("brought_by", models.CharField(blank=True, max_length=120)),
                ("handover_id", models.UUIDField(blank=True, null=True)),
                ("body", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("is_hospital_needed", models.BooleanField(default=False)),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("general", "一般"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                        ],
                        default="general",
                        max_length=11,
                    ),
                ),
                ("has_limited_mobility", models.BooleanField(default=False)),
                ("is_protected", models.BooleanField(default=False)),
                (
                    "telling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "还没问"),
                            ("tells", "能说明情况"),
                            ("cannot", "因年老、年幼、残疾等说不清"),
                            ("refuses", "能说但不肯如实说"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("has_means", models.BooleanField(default=False)),
                ("is_cash_only", models.BooleanField(default=False)),
                ("has_refused_deposit", models.BooleanField(default=False)),
                ("is_informed", models.BooleanField(default=False)),
                (
                    "security",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "还没安检"),
                            ("passed", "通过"),
                            ("refused", "拒绝"),
                            ("found", "查出违禁品"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("searched_by", models.CharField(blank=True, max_length=60)),
                ("is_searcher_female", models.BooleanField(default=False)),
                ("trouble", models.CharField(blank=True, max_length=400)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("decision_note", models.CharField(blank=True, max_length=400)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("notice_number", models.CharField(blank=True, max_length=24)),
                ("recorded_by", models.CharField(max_length=120)),
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
            name="Inquiry",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "身份核查"),
                            ("fingerprint", "指纹比对"),
                            ("portrait", "人像比对"),
                            ("dna", "DNA采样比对"),
                        ],
                        max_length=11,
                    ),
                ),
                ("asked_of", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "等答复"),
                            ("nothing", "无结果"),
                            ("possible", "疑似"),
                            ("confirmed", "确认"),
                            ("impossible", "没法查"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer_note", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="stays.reception",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Belonging",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("thing", "一般物品"),
                            ("cash", "现金"),
                            ("paper", "证件"),
                            ("medicine", "药品"),
                            ("forbidden", "违禁品"),
                        ],
                        default="thing",
                        max_length=9,
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("cash_fen", models.PositiveIntegerField(default=0)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("seal_number", models.CharField(blank=True, max_length=24)),
                ("kept_in", models.CharField(blank=True, max_length=40)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=120)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "保管中"),
                            ("returned", "已归还"),
                            ("to_police", "移交公安"),
                            ("discarded", "本人同意处理"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("is_signed_for", models.BooleanField(default=False)),
                ("end_note", models.CharField(blank=True, max_length=200)),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="belongings",
                        to="stays.reception",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bed",
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
                ("label", models.CharField(max_length=20)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=120)),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beds",
                        to="stays.room",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stay",
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
                ("entered_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        max_length=7,
                    ),
                ),
                ("is_minor", models.BooleanField()),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("general", "一般"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                        ],
                        default="general",
                        max_length=11,
                    ),
                ),
                ("has_limited_mobility", models.BooleanField(default=False)),
                (
                    "care_level",
                    models.CharField(
                        choices=[("self", "自理"), ("partly", "部分自理"), ("full", "不能自理")],
                        default="self",
                        max_length=6,
                    ),
                ),
                (
                    "diet",
                    models.CharField(
                        choices=[
                            ("general", "一般"),
                            ("halal", "清真"),
                            ("child", "未成年"),
                            ("elderly", "老年"),
                            ("patient", "病号"),
                        ],
                        default="general",
                        max_length=7,
                    ),
                ),
                ("briefed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "reception",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stay",
                        to="stays.reception",
                    ),
                ),
                (
                    "with_stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leaving",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("self", "自行离站"),
                            ("relatives", "亲属接领"),
                            ("employer", "单位接领"),
                            ("fetched", "流出地接回"),
                            ("escorted", "护送返回"),
                            ("station", "转他站"),
                            ("police", "移交公安"),
                            ("settled", "安置"),
                            ("foster", "转托养机构"),
                            ("ended", "终止救助"),
                            ("left_without_notice", "擅自离站"),
                            ("died", "死亡"),
                        ],
                        max_length=20,
                    ),
                ),
                ("left_at", models.DateTimeField()),
                ("destination", models.CharField(blank=True, max_length=200)),
                ("to_org", models.CharField(blank=True, max_length=40)),
                ("is_declared", models.BooleanField(default=False)),
                ("collector", models.CharField(blank=True, max_length=60)),
                ("collector_relation", models.CharField(blank=True, max_length=40)),
                ("collector_number", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("collector_phone", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("is_collector_checked", models.BooleanField(default=False)),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("facts", models.CharField(blank=True, max_length=600)),
                ("cash_fen", models.PositiveIntegerField(default=0)),
                ("is_cash_signed", models.BooleanField(default=False)),
                ("voucher_number", models.CharField(blank=True, max_length=40)),
                ("decided_by", models.CharField(max_length=120)),
                ("approved_by", models.CharField(blank=True, max_length=120)),
                (
                    "stay",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaving",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
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
                ("reason", models.CharField(max_length=300)),
                ("until_date", models.DateField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=120)),
                ("filed_at", models.DateTimeField(blank=True, null=True)),
                ("filed_to", models.CharField(blank=True, max_length=120)),
                ("filed_by", models.CharField(blank=True, max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BedStay",
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
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "zone_sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "男"), ("female", "女"), ("any", "不分")],
                        max_length=6,
                    ),
                ),
                (
                    "zone_ages",
                    models.CharField(
                        blank=True,
                        choices=[("adult", "成年"), ("minor", "未成年"), ("any", "不分")],
                        max_length=5,
                    ),
                ),
                (
                    "zone_health",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("general", "一般"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                        ],
                        max_length=11,
                    ),
                ),
                ("is_family_room", models.BooleanField(default=False)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        max_length=7,
                    ),
                ),
                ("is_minor", models.BooleanField(default=False)),
                (
                    "health",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("general", "一般"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                        ],
                        max_length=11,
                    ),
                ),
                ("family_number", models.BigIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("given_by", models.CharField(max_length=120)),
                (
                    "exception",
                    models.CharField(
                        blank=True,
                        choices=[("", "无"), ("with_mother", "幼儿随母同住")],
                        default="",
                        max_length=11,
                    ),
                ),
                ("exception_reason", models.CharField(blank=True, max_length=200)),
                ("approved_by", models.CharField(blank=True, max_length=120)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("is_approved_by_phone", models.BooleanField(default=False)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="stays.bed",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.room",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beds",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("hospital", "住院、看病"),
                            ("errand", "外出办事"),
                            ("school", "上学、培训"),
                            ("gone", "没打招呼离开"),
                        ],
                        max_length=8,
                    ),
                ),
                ("with_whom", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("left_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Zone",
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
                ("name", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("any", "不分")], max_length=6
                    ),
                ),
                (
                    "ages",
                    models.CharField(
                        choices=[("adult", "成年"), ("minor", "未成年"), ("any", "不分")],
                        max_length=5,
                    ),
                ),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("general", "一般"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                        ],
                        default="general",
                        max_length=11,
                    ),
                ),
                ("is_family", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="stays_zone_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_family", False),
                            models.Q(("ages", "any"), ("sex", "any")),
                            _connector="OR",
                        ),
                        name="stays_zone_of_families_takes_all",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("owner_org", "name"),
                        name="stays_zone_named_once_per_station",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="room",
            name="zone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="stays.zone"
            ),
        ),
        migrations.CreateModel(
            name="LeavingCheck",
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
                ("code", models.CharField(max_length=40)),
                (
                    "result",
                    models.CharField(
                        choices=[("fine", "通过"), ("confirmed", "已核对")], max_length=9
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "leaving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="stays.leaving",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("leaving", "code"), name="stays_leavingcheck_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "confirmed"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stays_leavingcheck_confirmed_in_words",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reception",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_org", "-asked_at"],
                name="stays_reception_open",
            ),
        ),
        migrations.AddIndex(
            model_name="reception",
            index=models.Index(fields=["person", "-asked_at"], name="stays_reception_person"),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="stays_reception_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("case_id",),
                name="stays_reception_one_open_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(
                        ("decided_at__isnull", False),
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_reception_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("notice_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_reception_refused_on_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        ("is_hospital_needed", False),
                        ("is_protected", False),
                        models.Q(("telling", "cannot"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_reception_protected_are_not_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "admitted"), _negated=True),
                    ("security", "passed"),
                    _connector="OR",
                ),
                name="stays_reception_admitted_after_security_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at__isnull", True),
                    ("decided_at__gte", models.F("asked_at")),
                    _connector="OR",
                ),
                name="stays_reception_decided_after_it_was_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="stays_inquiry_answered_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")),
                fields=("reception", "kind"),
                name="stays_inquiry_one_open_of_a_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="belonging",
            index=models.Index(fields=["reception", "taken_at"], name="stays_belonging_list"),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1), models.Q(("item", ""), _negated=True)),
                name="stays_belonging_is_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "cash"), _negated=True), ("cash_fen__gt", 0), _connector="OR"
                ),
                name="stays_belonging_cash_is_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(
                        models.Q(("end", ""), _negated=True),
                        ("ended_at__isnull", False),
                        models.Q(("ended_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_belonging_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", "returned"), _negated=True),
                    ("is_signed_for", True),
                    models.Q(("end_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_belonging_returned_against_a_signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "forbidden"), _negated=True),
                    models.Q(("end", "returned"), _negated=True),
                    _connector="OR",
                ),
                name="stays_belonging_forbidden_is_not_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="bed",
            constraint=models.UniqueConstraint(
                fields=("room", "label"), name="stays_bed_named_once_per_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="bed",
            constraint=models.CheckConstraint(
                condition=models.Q(("label", ""), _negated=True), name="stays_bed_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="bed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(("closed_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_bed_closed_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                condition=models.Q(("left_at__isnull", True)),
                fields=["owner_org", "-entered_at"],
                name="stays_stay_here",
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["owner_org", "-left_at"], name="stays_stay_past"),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)), name="stays_stay_belongs_to_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at__isnull", True),
                    ("left_at__gte", models.F("entered_at")),
                    _connector="OR",
                ),
                name="stays_stay_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)),
                fields=("person",),
                name="stays_stay_one_station_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("with_stay__isnull", True),
                    models.Q(("with_stay", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="stays_stay_is_not_its_own_family",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "self"), _negated=True), ("is_declared", True), _connector="OR"
                ),
                name="stays_leaving_alone_is_declared",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ["relatives", "employer", "fetched"]), _negated=True),
                    models.Q(
                        ("is_collector_checked", True), models.Q(("collector", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="stays_leaving_collector_is_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "ended"), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("facts", ""), _negated=True),
                        models.Q(("approved_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_leaving_ended_on_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ["station", "police", "foster"]), _negated=True),
                    models.Q(("to_org", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_leaving_handed_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(("cash_fen", 0), ("is_cash_signed", True), _connector="OR"),
                name="stays_leaving_cash_is_signed_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="stays_extension_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filed_at__isnull", True),
                    models.Q(
                        models.Q(("filed_to", ""), _negated=True),
                        models.Q(("filed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_extension_filed_with_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="bedstay",
            index=models.Index(
                condition=models.Q(("period__endswith__isnull", True)),
                fields=["bed"],
                name="stays_bedstay_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("bed", "="), ("period", "&&")],
                name="stays_bedstay_one_person_per_bed",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("stay", "="), ("period", "&&")],
                name="stays_bedstay_one_bed_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("room", "="),
                    ("period", "&&"),
                    (
                        django.db.models.functions.comparison.Cast(
                            "is_minor", models.IntegerField()
                        ),
                        "<>",
                    ),
                    ("family_number", "<>"),
                ],
                name="stays_bedstay_minors_apart_from_strangers",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("room", "="),
                    ("period", "&&"),
                    ("sex", "<>"),
                    ("family_number", "<>"),
                ],
                name="stays_bedstay_sexes_apart_but_families",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_family_room", True)),
                expressions=[("room", "="), ("period", "&&"), ("family_number", "<>")],
                name="stays_bedstay_one_family_per_family_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("zone_sex", "any"),
                    ("zone_sex", models.F("sex")),
                    ("exception", "with_mother"),
                    _connector="OR",
                ),
                name="stays_bedstay_fits_the_sex_of_the_zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("zone_ages", "any"),
                    models.Q(("is_minor", True), ("zone_ages", "minor")),
                    models.Q(("is_minor", False), ("zone_ages", "adult")),
                    ("exception", "with_mother"),
                    _connector="OR",
                ),
                name="stays_bedstay_fits_the_ages_of_the_zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("health", "isolation"), ("zone_health", "isolation")),
                    models.Q(
                        models.Q(("zone_health", "isolation"), _negated=True),
                        models.Q(("health", "isolation"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_bedstay_isolation_is_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exception", ""),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("is_minor", True),
                        ("zone_sex", "female"),
                        models.Q(("exception_reason", ""), _negated=True),
                        models.Q(("approved_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_bedstay_exception_is_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("back_at__isnull", True)),
                fields=("stay",),
                name="stays_absence_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("left_at"))),
                name="stays_absence_due_after_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("back_at__isnull", True),
                    ("back_at__gte", models.F("left_at")),
                    _connector="OR",
                ),
                name="stays_absence_back_after_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(
                fields=("zone", "name"), name="stays_room_named_once_per_zone"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="stays_room_is_named"
            ),
        ),
    ]
