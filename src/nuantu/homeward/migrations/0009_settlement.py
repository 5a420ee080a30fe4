"""Settlement of people whom nobody could identify."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("homeward", "0008_return_guards"),
        ("persons", "0008_minors_are_restricted"),
        ("stays", "0039_old_bills_have_their_hospital"),
    ]

    operations = [
        migrations.CreateModel(
            name="Settlement",
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
                            ("running", "办理中"),
                            ("halted", "暂停核查"),
                            ("settled", "已落户"),
                            ("reopened", "落户后查明身份，更正中"),
                            ("ended", "已终止"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("compare", "公安再次比对人像、血样、DNA"),
                            ("letter", "一人一函报民政部门"),
                            ("review", "民政部门审核"),
                            ("plan", "安置方案报同级政府"),
                            ("approve", "政府批准"),
                            ("accept", "公安机关受理"),
                            ("register", "办理户口登记"),
                            ("benefits", "衔接社会救助和社会保险"),
                            ("undo", "告知公安和政府，更正或注销户口"),
                        ],
                        default="compare",
                        max_length=8,
                    ),
                ),
                ("stranded_date", models.DateField()),
                ("assigned_name", models.CharField(max_length=60)),
                ("assigned_birth_date", models.DateField()),
                ("naming", models.CharField(max_length=300)),
                (
                    "placed",
                    models.CharField(
                        choices=[
                            ("welfare", "公办福利院、养老院"),
                            ("children", "儿童福利机构"),
                            ("station", "救助管理机构"),
                            ("foster", "托养机构（公办没有床位）"),
                        ],
                        max_length=8,
                    ),
                ),
                ("house", models.CharField(max_length=120)),
                ("household", models.CharField(blank=True, max_length=60)),
                ("id_number", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("registered_date", models.DateField(blank=True, null=True)),
                (
                    "benefits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("tekun", "特困供养"),
                                ("insurance", "医疗保险"),
                                ("pension", "养老保险"),
                                ("disability", "残疾人补贴"),
                                ("other", "其他"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("halted_for", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identified", "查明身份"),
                            ("refused", "政府不同意"),
                            ("died", "死亡"),
                            ("gone", "离站或走失"),
                            ("corrected", "户口已更正或注销"),
                            ("mistake", "登记错误"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_note", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
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
            name="SettlementStep",
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
                    "code",
                    models.CharField(
                        choices=[
                            ("compare", "公安再次比对人像、血样、DNA"),
                            ("letter", "一人一函报民政部门"),
                            ("review", "民政部门审核"),
                            ("plan", "安置方案报同级政府"),
                            ("approve", "政府批准"),
                            ("accept", "公安机关受理"),
                            ("register", "办理户口登记"),
                            ("benefits", "衔接社会救助和社会保险"),
                            ("undo", "告知公安和政府，更正或注销户口"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("done", "已办，可以往下走"),
                            ("returned", "退回，补正后重报"),
                            ("hit", "比对有线索，先核查"),
                        ],
                        max_length=8,
                    ),
                ),
                ("paper", models.CharField(max_length=120)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("done_date", models.DateField()),
                ("done_at", models.DateTimeField()),
                ("done_by", models.CharField(max_length=120)),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="homeward.settlement",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(
                fields=["owner_org", "-began_at"], name="homeward_settlement_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ended"), _negated=True),
                fields=("person",),
                name="homeward_settlement_one_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="homeward_settlement_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assigned_name", ""), _negated=True),
                    models.Q(("naming", ""), _negated=True),
                ),
                name="homeward_settlement_name_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["settled", "reopened"]), _negated=True),
                    ("registered_date__isnull", False),
                    _connector="OR",
                ),
                name="homeward_settlement_settled_was_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__gte", models.F("began_at")),
                        ("ended_at__isnull", False),
                        ("state", "ended"),
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="homeward_settlement_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "halted"), _negated=True),
                    models.Q(("halted_for", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_settlement_halted_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("paper", ""), _negated=True),
                name="homeward_settlementstep_stands_on_a_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "done"), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="homeward_settlementstep_returned_says_why",
            ),
        ),
    ]
