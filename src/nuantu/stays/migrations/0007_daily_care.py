"""Daily care: the log, menus, bedding, roll-calls, searches, medicine, complaints."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_erasure_reaches_sweeps"),
        ("stays", "0006_bills"),
    ]

    operations = [
        migrations.CreateModel(
            name="Medication",
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
                ("what", nuantu.core.fields.SealedTextField()),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(), size=None
                    ),
                ),
                ("begins_date", models.DateField()),
                ("until_date", models.DateField(blank=True, null=True)),
                ("is_told", models.BooleanField(default=False)),
                ("put_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dose",
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
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("given", "已服"), ("refused", "本人不要"), ("absent", "不在")],
                        max_length=7,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=120)),
                (
                    "medication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="stays.medication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Menu",
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
                ("on_date", models.DateField()),
                ("breakfast", models.CharField(max_length=200)),
                ("lunch", models.CharField(max_length=200)),
                ("supper", models.CharField(max_length=200)),
                ("put_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "on_date"), name="stays_menu_one_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("breakfast", ""), _negated=True),
                            models.Q(("lunch", ""), _negated=True),
                            models.Q(("supper", ""), _negated=True),
                        ),
                        name="stays_menu_has_three_meals",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollCall",
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
                ("called_at", models.DateTimeField()),
                ("called_by", models.CharField(max_length=120)),
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
            ],
        ),
        migrations.CreateModel(
            name="RollMark",
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
                    "found",
                    models.CharField(
                        choices=[("present", "在"), ("out", "外出"), ("gone", "不在")], max_length=7
                    ),
                ),
                (
                    "roll_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="stays.rollcall",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Search",
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
                ("raised_at", models.DateTimeField()),
                ("raised_by", models.CharField(max_length=120)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "寻找中"),
                            ("found", "已找到"),
                            ("elsewhere", "在别处安置"),
                            ("mistake", "误报"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_note", models.CharField(blank=True, max_length=300)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchStep",
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
                ("step", models.CharField(max_length=40)),
                ("done_at", models.DateTimeField()),
                ("note", models.CharField(max_length=300)),
                ("done_by", models.CharField(max_length=120)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="stays.search",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BeddingChange",
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
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=120)),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bedding",
                        to="stays.bed",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bed", "changed_at"), name="stays_beddingchange_once_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CareEntry",
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
                            ("meal", "用餐"),
                            ("wash", "洗浴"),
                            ("haircut", "理发"),
                            ("clothing", "更换衣物"),
                            ("help", "协助起居"),
                            ("activity", "文体、教育"),
                            ("observation", "观察"),
                            ("visitor", "探视"),
                            ("incident", "突发情况"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("breakfast", "早餐"),
                            ("lunch", "午餐"),
                            ("supper", "晚餐"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("given", "已给"), ("refused", "本人不要"), ("absent", "不在")],
                        default="given",
                        max_length=7,
                    ),
                ),
                ("on_date", models.DateField()),
                ("happened_at", models.DateTimeField()),
                (
                    "resident_sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        max_length=7,
                    ),
                ),
                ("is_by_woman", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "on_date"], name="stays_careentry_day"),
                    models.Index(fields=["stay", "-happened_at"], name="stays_careentry_log"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "meal"), models.Q(("slot", ""), _negated=True)),
                            models.Q(models.Q(("kind", "meal"), _negated=True), ("slot", "")),
                            _connector="OR",
                        ),
                        name="stays_careentry_meal_has_its_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("observation", "visitor", "incident")), _negated=True
                            ),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stays_careentry_says_what_was_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["haircut", "help", "wash"]),
                                ("outcome", "given"),
                                ("resident_sex", "female"),
                                _negated=True,
                            ),
                            ("is_by_woman", True),
                            _connector="OR",
                        ),
                        name="stays_careentry_women_are_washed_by_women",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "meal")),
                        fields=("stay", "on_date", "slot"),
                        name="stays_careentry_one_of_each_meal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
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
                    "topic",
                    models.CharField(
                        choices=[
                            ("food", "伙食"),
                            ("lodging", "住宿、卫生"),
                            ("care", "照料、就医"),
                            ("things", "物品、钱款"),
                            ("behaviour", "工作人员的言行"),
                            ("leaving", "不让离开、催离开"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("box", "意见箱"), ("tablet", "平板"), ("spoken", "当面说的")],
                        max_length=6,
                    ),
                ),
                ("text", nuantu.core.fields.SealedTextField()),
                ("about_id", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("answer", nuantu.core.fields.SealedTextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "-made_at"], name="stays_complaint_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="stays_complaint_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(
                                ("answered_at__gte", models.F("made_at")),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_complaint_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HealthNote",
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
                        choices=[("vital", "体征"), ("counselling", "心理辅导")], max_length=11
                    ),
                ),
                ("text", nuantu.core.fields.SealedTextField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stays.stay",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stay", "-noted_at"], name="stays_healthnote_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="stays_healthnote_says_something",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="medication",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["owner_org"],
                name="stays_medication_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="medication",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="stays_medication_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="medication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_date__isnull", True),
                    ("until_date__gte", models.F("begins_date")),
                    _connector="OR",
                ),
                name="stays_medication_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="medication",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__len__gt", 0)), name="stays_medication_has_its_times"
            ),
        ),
        migrations.AddConstraint(
            model_name="dose",
            constraint=models.UniqueConstraint(
                fields=("medication", "due_at"), name="stays_dose_given_once"
            ),
        ),
        migrations.AddIndex(
            model_name="rollcall",
            index=models.Index(fields=["owner_org", "-called_at"], name="stays_rollcall_latest"),
        ),
        migrations.AddConstraint(
            model_name="rollcall",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_by", ""), _negated=True),
                name="stays_rollcall_is_somebodys_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="rollmark",
            constraint=models.UniqueConstraint(
                fields=("roll_call", "stay"), name="stays_rollmark_one_for_each_resident"
            ),
        ),
        migrations.AddConstraint(
            model_name="search",
            constraint=models.UniqueConstraint(
                condition=models.Q(("end", "")), fields=("stay",), name="stays_search_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="search",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(
                        models.Q(("end", ""), _negated=True),
                        ("ended_at__gte", models.F("raised_at")),
                        models.Q(("end_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_search_ends_with_a_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchstep",
            constraint=models.UniqueConstraint(
                fields=("search", "step"), name="stays_searchstep_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="stays_searchstep_says_what"
            ),
        ),
    ]
