"""Kitchen meals and food samples, safety checks by list, hazards, inspections from outside."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_erasure_reaches_sweeps"),
        ("stays", "0003_health"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FoodSuspicion",
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
                ("suspected_at", models.DateTimeField()),
                ("suspected_by", models.CharField(max_length=120)),
                ("ill_count", models.PositiveSmallIntegerField()),
                ("signs", models.CharField(max_length=300)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, max_length=120)),
                ("outcome", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("signs", ""), _negated=True),
                        name="stays_foodsuspicion_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at__isnull", True),
                            models.Q(
                                ("released_at__gte", models.F("suspected_at")),
                                models.Q(("released_by", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_foodsuspicion_released_with_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("owner_org",),
                        name="stays_foodsuspicion_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                    "authority",
                    models.CharField(
                        choices=[
                            ("regulator", "市场监管"),
                            ("fire", "消防救援"),
                            ("health", "卫生健康"),
                            ("bureau", "民政局"),
                            ("joint", "联席会议"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("double_random", "双随机抽查"),
                            ("safety", "安全检查"),
                            ("regular", "定期检查"),
                            ("covert", "暗访"),
                            ("complaint", "投诉核查"),
                        ],
                        max_length=13,
                    ),
                ),
                ("inspected_at", models.DateTimeField()),
                (
                    "inspectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("document_number", models.CharField(blank=True, max_length=60)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=120)),
                ("is_answer_owed", models.BooleanField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=600)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["owner_org", "-inspected_at"], name="stays_inspection_when"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("inspectors", []), _negated=True),
                        name="stays_inspection_names_an_inspector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(
                                ("answered_at__gte", models.F("inspected_at")),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_inspection_answered_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KitchenMeal",
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
                ("served_date", models.DateField()),
                (
                    "meal",
                    models.CharField(
                        choices=[
                            ("breakfast", "早餐"),
                            ("lunch", "午餐"),
                            ("dinner", "晚餐"),
                            ("night", "夜餐"),
                        ],
                        max_length=9,
                    ),
                ),
                ("served_at", models.DateTimeField()),
                ("people_count", models.PositiveSmallIntegerField()),
                (
                    "dishes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("served_by", models.CharField(max_length=120)),
                ("gap", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "-served_at"], name="stays_kitchenmeal_when")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "served_date", "meal"),
                        name="stays_kitchenmeal_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dishes", []), _negated=True),
                        name="stays_kitchenmeal_has_a_dish",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnChecklist",
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
                ("kind", models.CharField(max_length=24)),
                ("from_date", models.DateField()),
                ("title", models.CharField(max_length=60)),
                ("title_en", models.CharField(blank=True, max_length=80)),
                (
                    "every",
                    models.CharField(
                        choices=[("day", "每天"), ("week", "每周"), ("month", "每月")], max_length=5
                    ),
                ),
                (
                    "hours",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("basis", models.CharField(max_length=120)),
                ("changed_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "kind", "from_date"),
                        name="stays_ownchecklist_one_from_a_day_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                        ),
                        name="stays_ownchecklist_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyCheck",
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
                ("kind", models.CharField(max_length=24)),
                ("title", models.CharField(max_length=60)),
                ("title_en", models.CharField(blank=True, max_length=80)),
                ("slot", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=120)),
                ("done_by_id", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "-due_at"], name="stays_safetycheck_when")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            models.Q(
                                models.Q(("done_by", ""), _negated=True),
                                ("done_by_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stays_safetycheck_done_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckLine",
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
                ("says", models.CharField(max_length=200)),
                ("says_en", models.CharField(blank=True, max_length=200)),
                ("is_ok", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "safety_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="stays.safetycheck",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hazard",
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
                        choices=[("open", "待整改"), ("repaired", "待复查"), ("closed", "已销号")],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("check", "自查发现"),
                            ("food", "食品留样"),
                            ("inspection", "外部检查"),
                            ("report", "随手报告"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("is_urgent", models.BooleanField(default=False)),
                ("found_at", models.DateTimeField()),
                ("found_by", models.CharField(max_length=120)),
                ("due_at", models.DateTimeField()),
                ("round_count", models.PositiveSmallIntegerField(default=1)),
                ("repaired_at", models.DateTimeField(blank=True, null=True)),
                ("repaired_by", models.CharField(blank=True, max_length=120)),
                ("repaired_by_id", models.UUIDField(blank=True, null=True)),
                ("repair_note", models.CharField(blank=True, max_length=300)),
                ("rechecked_at", models.DateTimeField(blank=True, null=True)),
                ("rechecked_by", models.CharField(blank=True, max_length=120)),
                ("rechecked_by_id", models.UUIDField(blank=True, null=True)),
                ("recheck_note", models.CharField(blank=True, max_length=300)),
                (
                    "check_line",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazard",
                        to="stays.checkline",
                    ),
                ),
                (
                    "mender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "repair_photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazards",
                        to="stays.inspection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["owner_org", "due_at"],
                        name="stays_hazard_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True),
                        name="stays_hazard_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("repaired_at__isnull", False),
                                ("repaired_by_id__isnull", False),
                                models.Q(("repair_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_hazard_repaired_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("rechecked_at__gte", models.F("repaired_at")),
                                ("rechecked_by_id__isnull", False),
                                models.Q(
                                    ("rechecked_by_id", models.F("repaired_by_id")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="stays_hazard_looked_at_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FoodSample",
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
                ("dish", models.CharField(max_length=40)),
                ("grams", models.PositiveSmallIntegerField()),
                ("put_in_at", models.DateTimeField()),
                ("put_in_by", models.CharField(max_length=120)),
                ("kept_in", models.CharField(blank=True, max_length=40)),
                ("keep_until_at", models.DateTimeField()),
                ("taken_out_at", models.DateTimeField(blank=True, null=True)),
                ("taken_out_by", models.CharField(blank=True, max_length=120)),
                (
                    "out_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("due", "到时销毁"),
                            ("early", "提前取出"),
                            ("handed", "交检验机构"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("is_locked", models.BooleanField(default=False)),
                (
                    "suspicion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="stays.foodsuspicion",
                    ),
                ),
                (
                    "meal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="stays.kitchenmeal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_out_at__isnull", True)),
                        fields=["keep_until_at"],
                        name="stays_foodsample_inside",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meal", "dish"), name="stays_foodsample_one_per_dish"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grams__gt", 0)), name="stays_foodsample_weighs"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("out_kind", ""), ("taken_out_at__isnull", True)),
                            models.Q(
                                ("taken_out_at__gte", models.F("put_in_at")),
                                models.Q(("out_kind", ""), _negated=True),
                                models.Q(("taken_out_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_foodsample_out_after_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("out_kind", "early"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stays_foodsample_early_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_locked", False),
                            models.Q(("suspicion__isnull", False), ("taken_out_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="stays_foodsample_locked_stays_in",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="checkline",
            constraint=models.UniqueConstraint(
                fields=("safety_check", "position"), name="stays_checkline_one_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_ok", True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="stays_checkline_says_what_is_wrong",
            ),
        ),
    ]
