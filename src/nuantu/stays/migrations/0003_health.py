"""Screenings, hospital care with asked hospitals and news, who must be told."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0003_row_history"),
        ("places", "0003_row_history"),
        ("stays", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HospitalCare",
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
                            ("seeking", "正在找医院"),
                            ("in_care", "治疗中"),
                            ("ended", "已结束"),
                        ],
                        default="seeking",
                        max_length=8,
                    ),
                ),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("why", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=120)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("accompanied_by", models.CharField(blank=True, max_length=80)),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "还没甄别"),
                            ("relief_object", "是救助对象"),
                            ("no_object", "不是救助对象"),
                            ("unclear", "一时查不清，先按救助对象"),
                        ],
                        default="",
                        max_length=14,
                    ),
                ),
                ("found_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("found_at", models.DateTimeField(blank=True, null=True)),
                ("found_by", models.CharField(blank=True, max_length=120)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to_stay", "出院回站"),
                            ("home", "出院返家"),
                            ("refused", "本人拒绝治疗"),
                            ("left", "自行离院"),
                            ("no_object", "不是救助对象，交家属或单位"),
                            ("no_need", "医院看过，不用住院"),
                            ("died", "死亡"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("is_stable", models.BooleanField(default=False)),
                ("certificate_number", models.CharField(blank=True, max_length=60)),
                ("end_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "follower",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.hospital",
                    ),
                ),
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
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cares",
                        to="stays.reception",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cares",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HospitalAsk",
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
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "等答复"),
                            ("takes", "接收"),
                            ("refuses", "拒收"),
                            ("full", "没有床位"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("answer_note", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.hospital",
                    ),
                ),
                (
                    "care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="stays.hospitalcare",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HealthNotice",
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
                            ("ambulance", "急救机构（120）"),
                            ("psychiatric", "精神卫生机构"),
                            ("cdc", "疾控机构"),
                            ("health_bureau", "卫生健康部门"),
                        ],
                        max_length=14,
                    ),
                ),
                ("owed_at", models.DateTimeField()),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("told_to", models.CharField(blank=True, max_length=80)),
                ("told_by", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="stays.hospitalcare",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CareNews",
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
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("critical", "危重"),
                            ("serious", "较重"),
                            ("better", "好转"),
                            ("stable", "稳定"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="stays.hospitalcare",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screening",
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
                ("screened_at", models.DateTimeField()),
                ("screened_by", models.CharField(max_length=120)),
                ("temperature_tenths", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("findings", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("fit", "可以入住"),
                            ("observation", "观察"),
                            ("isolation", "隔离"),
                            ("hospital", "先送医"),
                        ],
                        max_length=11,
                    ),
                ),
                ("has_mask", models.BooleanField(default=False)),
                (
                    "health_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "没查"),
                            ("shown", "已查"),
                            ("no_phone", "没有手机，改为登记"),
                            ("refused", "不愿出示"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "test",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "没做"),
                            ("negative", "阴性"),
                            ("positive", "阳性"),
                            ("refused", "不愿做"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
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
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="stays.reception",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="hospitalcare",
            index=models.Index(
                condition=models.Q(("state", "ended"), _negated=True),
                fields=["owner_org", "-begun_at"],
                name="stays_hospitalcare_open",
            ),
        ),
        migrations.AddIndex(
            model_name="hospitalcare",
            index=models.Index(fields=["case_id", "-begun_at"], name="stays_hospitalcare_case"),
        ),
        migrations.AddConstraint(
            model_name="hospitalcare",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="stays_hospitalcare_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalcare",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ended"), _negated=True),
                fields=("person",),
                name="stays_hospitalcare_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalcare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "in_care"), _negated=True),
                    models.Q(
                        ("arrived_at__isnull", False),
                        ("follower__isnull", False),
                        ("hospital__isnull", False),
                        models.Q(("accompanied_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_hospitalcare_patient_has_a_follower",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalcare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state", "ended"),
                        models.Q(("end", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True),
                        ("end", ""),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="stays_hospitalcare_ends_in_a_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalcare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end__in", ["to_stay", "home"]), _negated=True),
                    models.Q(
                        ("is_stable", True), models.Q(("certificate_number", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="stays_hospitalcare_discharged_only_when_stable",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")),
                fields=("care",),
                name="stays_hospitalask_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="stays_hospitalask_answered_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="hospitalask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "refuses"), _negated=True),
                    models.Q(("answer_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_hospitalask_refused_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="healthnotice",
            constraint=models.UniqueConstraint(
                fields=("care", "kind"), name="stays_healthnotice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="healthnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_at__isnull", True),
                    models.Q(
                        models.Q(("told_to", ""), _negated=True),
                        models.Q(("told_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_healthnotice_told_to_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="carenews",
            index=models.Index(fields=["care", "-noted_at"], name="stays_carenews_care"),
        ),
        migrations.AddConstraint(
            model_name="carenews",
            constraint=models.CheckConstraint(
                condition=models.Q(("condition__in", ["critical", "serious", "better", "stable"])),
                name="stays_carenews_names_a_condition",
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["case_id", "-screened_at"], name="stays_screening_case"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="stays_screening_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(("signs", []), ("result", "hospital"), _connector="OR"),
                name="stays_screening_signs_go_to_hospital_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("test", "positive"), _negated=True),
                    ("result__in", ["isolation", "hospital"]),
                    _connector="OR",
                ),
                name="stays_screening_positive_is_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("temperature_tenths__isnull", True),
                    models.Q(("temperature_tenths__gte", 200), ("temperature_tenths__lte", 450)),
                    _connector="OR",
                ),
                name="stays_screening_temperature_of_a_person",
            ),
        ),
        Protect("stays_screening"),
        Protect("stays_hospitalcare"),
        ProtectThrough("stays_hospitalask", parent="stays_hospitalcare", column="care_id"),
        ProtectThrough("stays_carenews", parent="stays_hospitalcare", column="care_id"),
        ProtectThrough("stays_healthnotice", parent="stays_hospitalcare", column="care_id"),
        KeepHistory("stays_screening"),
        KeepHistory("stays_hospitalcare"),
    ]
