"""Case plans with what belongs to them, risk marks, safety plans."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("persons", "0008_minors_are_restricted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CasePlan",
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
                ("agency", models.CharField(blank=True, max_length=120)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("consent", "本人同意"),
                            ("guardian", "监护人同意"),
                            ("law", "法定职责"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ground_words", nuantu.core.fields.SealedTextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "进行中"), ("closed", "已结束")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=120)),
                ("next_step", models.CharField(max_length=200)),
                ("next_date", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "目标达到"),
                            ("partly", "部分达到"),
                            ("referred", "转给别的机构继续"),
                            ("stopped", "本人不愿继续"),
                            ("lost", "多次联系不上"),
                            ("died", "死亡"),
                        ],
                        max_length=8,
                    ),
                ),
                ("evaluation", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseGoal",
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
                    "area",
                    models.CharField(
                        choices=[
                            ("mood", "情绪、心理"),
                            ("behaviour", "行为改变"),
                            ("network", "支持网络"),
                            ("legal", "法律、权益"),
                            ("health", "看病、用药"),
                            ("living", "住处、生活"),
                            ("work", "上学、就业"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("measure", models.CharField(max_length=200)),
                ("due_date", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "进行中"),
                            ("reached", "达到"),
                            ("partly", "部分达到"),
                            ("dropped", "放下"),
                        ],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseSession",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "谈话"),
                            ("counselling", "心理疏导"),
                            ("behaviour", "行为矫治"),
                            ("comfort", "精神慰藉"),
                            ("legal", "法律咨询"),
                            ("family", "联系家人"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("street", "街面"),
                            ("station", "站内"),
                            ("hospital", "医院"),
                            ("home", "家里、住处"),
                            ("phone", "电话"),
                        ],
                        max_length=8,
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("is_missed", models.BooleanField(default=False)),
                ("summary", models.CharField(max_length=300)),
                ("given", models.CharField(blank=True, max_length=120)),
                ("notes", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RiskMark",
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
                            ("suicide", "轻生"),
                            ("self_harm", "自伤"),
                            ("home_violence", "家庭暴力"),
                            ("harmed", "被他人伤害"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("immediate", "现在就有危险"),
                            ("high", "几天之内可能出事"),
                            ("watch", "留意"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("says", "自己说出来的"),
                                ("plan", "说得出怎么做"),
                                ("means", "手边有工具、药物"),
                                ("earlier", "以前有过"),
                                ("farewell", "告别、送掉东西"),
                                ("alone", "没有人可以说话"),
                                ("drunk", "喝了酒"),
                                ("injured", "身上有伤"),
                                ("afraid", "怕回家、怕某个人"),
                                ("threatened", "有人威胁、在找他"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("reasons", nuantu.core.fields.SealedTextField()),
                ("marked_at", models.DateTimeField()),
                ("marked_by", models.CharField(max_length=120)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("lift_reason", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("lift_asked_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=120)),
                (
                    "lift_asked_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
        ),
        migrations.CreateModel(
            name="SafetyPlan",
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
                ("signs", nuantu.core.fields.SealedTextField()),
                ("helps", nuantu.core.fields.SealedTextField()),
                ("people", nuantu.core.fields.SealedTextField()),
                ("out_of_reach", nuantu.core.fields.SealedTextField()),
                ("put_at", models.DateTimeField()),
                ("put_by", models.CharField(max_length=120)),
                ("is_agreed", models.BooleanField(default=False)),
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
            name="Supporter",
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
                ("relation", models.CharField(max_length=40)),
                ("contact", nuantu.core.fields.SealedTextField()),
                ("helps_with", models.CharField(max_length=200)),
                ("is_family", models.BooleanField(default=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamMember",
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
                ("name", models.CharField(max_length=60)),
                ("body", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=80)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
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
            ],
        ),
        migrations.AddIndex(
            model_name="caseplan",
            index=models.Index(fields=["owner_org", "-opened_at"], name="casework_caseplan_new"),
        ),
        migrations.AddConstraint(
            model_name="caseplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("case_id",),
                name="casework_caseplan_one_open_in_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("outcome", ""), ("state", "open")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_caseplan_closed_with_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand_in__isnull", True),
                    models.Q(("stand_in", models.F("worker")), _negated=True),
                    _connector="OR",
                ),
                name="casework_caseplan_stand_in_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="casework_caseplan_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("measure", ""), _negated=True)
                ),
                name="casework_casegoal_can_be_measured",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", ""), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_casegoal_ends_with_a_result",
            ),
        ),
        migrations.AddIndex(
            model_name="casesession",
            index=models.Index(fields=["plan", "-held_at"], name="casework_casesession_newest"),
        ),
        migrations.AddConstraint(
            model_name="casesession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_missed", True), ("minutes", 0)),
                    models.Q(("is_missed", False), ("minutes__gte", 1), ("minutes__lte", 600)),
                    _connector="OR",
                ),
                name="casework_casesession_took_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="casesession",
            constraint=models.CheckConstraint(
                condition=models.Q(("summary", ""), _negated=True),
                name="casework_casesession_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("case_id", "kind"),
                name="casework_riskmark_one_of_a_kind_in_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_at__isnull", True),
                    models.Q(
                        ("lift_asked_of__isnull", False),
                        ("lifted_of__isnull", False),
                        models.Q(("lift_reason", ""), _negated=True),
                        models.Q(("lifted_of", models.F("lift_asked_of")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_riskmark_lifted_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="casework_riskmark_belongs_to_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="safetyplan",
            index=models.Index(fields=["case_id", "-put_at"], name="casework_safetyplan_newest"),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="casework_safetyplan_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation", ""), _negated=True),
                name="casework_supporter_stands_in_a_relation",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("user__isnull", False)),
                fields=("plan", "user"),
                name="casework_teammember_once_in_a_team",
            ),
        ),
    ]
