"""Infections with their contacts; deaths with the steps after them."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0003_row_history"),
        ("stays", "0008_daily_care_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Death",
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
                ("died_at", models.DateTimeField()),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("station", "站内"),
                            ("hospital", "医院"),
                            ("on_the_way", "送医途中"),
                            ("outside", "站外"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found_by", models.CharField(max_length=80)),
                ("story", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("certificate_number", models.CharField(blank=True, max_length=60)),
                ("notice_start_date", models.DateField(blank=True, null=True)),
                ("notice_end_date", models.DateField(blank=True, null=True)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=120)),
                ("conclusion", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=120)),
                (
                    "care",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deaths",
                        to="stays.hospitalcare",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deaths",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeathStep",
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
                            ("police", "报公安机关"),
                            ("bureau", "报民政部门"),
                            ("certificate", "取得医学死亡证明"),
                            ("family", "通知亲属"),
                            ("belongings", "清点和移交遗物"),
                            ("notice", "发布认领公告"),
                            ("remains", "处理遗体"),
                        ],
                        max_length=11,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("duty_id", models.UUIDField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_to", models.CharField(blank=True, max_length=80)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("done_by", models.CharField(blank=True, max_length=120)),
                (
                    "death",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="stays.death",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Infection",
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
                ("staff_name", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("suspected", "疑似"), ("confirmed", "确诊")], max_length=9
                    ),
                ),
                ("illness", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("since_at", models.DateTimeField()),
                ("reported_at", models.DateTimeField()),
                ("reported_by", models.CharField(max_length=120)),
                ("cdc_told_at", models.DateTimeField(blank=True, null=True)),
                ("cdc_told_to", models.CharField(blank=True, max_length=80)),
                ("guidance", models.CharField(blank=True, max_length=400)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("", "处置中"), ("excluded", "已排除"), ("recovered", "已解除")],
                        default="",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infections",
                        to="stays.stay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CloseContact",
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
                ("staff_name", models.CharField(blank=True, max_length=60)),
                (
                    "how",
                    models.CharField(
                        choices=[("same_room", "同屋"), ("ate", "同桌吃饭"), ("met", "近距离接触")],
                        max_length=9,
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "待隔离"),
                            ("isolated", "已隔离"),
                            ("no_bed", "隔离区没有床位"),
                            ("gone", "已离站，待通知"),
                            ("told", "已通知"),
                            ("off_duty", "已停岗观察"),
                            ("cleared", "已解除"),
                        ],
                        max_length=8,
                    ),
                ),
                ("told_to", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=120)),
                (
                    "stay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="stays.stay",
                    ),
                ),
                (
                    "infection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="stays.infection",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="death",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["owner_org", "-registered_at"],
                name="stays_death_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)), name="stays_death_belongs_to_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=models.Q(("died_at__lte", models.F("registered_at"))),
                name="stays_death_is_registered_afterwards",
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(("certificate_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_death_closed_with_a_certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notice_end_date__isnull", True), ("notice_start_date__isnull", True)
                    ),
                    ("notice_end_date__gte", models.F("notice_start_date")),
                    _connector="OR",
                ),
                name="stays_death_notice_has_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="deathstep",
            constraint=models.UniqueConstraint(
                fields=("death", "kind"), name="stays_deathstep_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="deathstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True),
                    models.Q(
                        models.Q(("done_to", ""), _negated=True),
                        models.Q(("done_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_deathstep_done_with_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="infection",
            index=models.Index(
                condition=models.Q(("end", "")),
                fields=["owner_org", "-reported_at"],
                name="stays_infection_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="infection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("person__isnull", False), ("staff_name", ""), ("stay__isnull", False)
                    ),
                    models.Q(
                        ("person__isnull", True),
                        ("stay__isnull", True),
                        models.Q(("staff_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stays_infection_is_of_a_resident_or_of_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="infection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("end", "")),
                fields=("stay",),
                name="stays_infection_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="infection",
            constraint=models.CheckConstraint(
                condition=models.Q(("since_at__lte", models.F("reported_at"))),
                name="stays_infection_began_before_it_was_reported",
            ),
        ),
        migrations.AddConstraint(
            model_name="infection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cdc_told_at__isnull", True),
                    models.Q(("cdc_told_to", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_infection_cdc_told_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="infection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(models.Q(("end", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="stays_infection_ends_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="closecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staff_name", ""), ("stay__isnull", False)),
                    models.Q(("stay__isnull", True), models.Q(("staff_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="stays_closecontact_is_a_resident_or_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="closecontact",
            constraint=models.UniqueConstraint(
                fields=("infection", "stay"), name="stays_closecontact_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="closecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gte", models.F("from_at"))),
                name="stays_closecontact_lasts",
            ),
        ),
        migrations.AddConstraint(
            model_name="closecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "told"), _negated=True),
                    models.Q(("told_to", ""), _negated=True),
                    _connector="OR",
                ),
                name="stays_closecontact_told_to_somebody",
            ),
        ),
        Protect("stays_infection"),
        ProtectThrough("stays_closecontact", parent="stays_infection", column="infection_id"),
        Protect("stays_death"),
        ProtectThrough("stays_deathstep", parent="stays_death", column="death_id"),
        KeepHistory("stays_infection"),
        KeepHistory("stays_closecontact"),
        KeepHistory("stays_death"),
        KeepHistory("stays_deathstep"),
    ]
