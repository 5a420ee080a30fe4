import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
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
                ("called_as", models.CharField(max_length=80)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("search_text", models.TextField(blank=True)),
                ("sort_key", models.CharField(blank=True, max_length=160)),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女"), ("unknown", "不详")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("age_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_estimated", models.BooleanField(default=True)),
                ("age_noted_date", models.DateField(blank=True, null=True)),
                ("looks", models.CharField(blank=True, max_length=200)),
                ("is_restricted", models.BooleanField(default=False)),
                ("restricted_reason", models.CharField(blank=True, max_length=120)),
                ("last_met_at", models.DateTimeField(blank=True, db_index=True, null=True)),
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
            name="Case",
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
                        choices=[("open", "进行中"), ("closed", "已结案")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=60)),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "rescue_mode",
                    models.CharField(
                        choices=[
                            ("voluntary", "自愿受助"),
                            ("escorted", "引导护送"),
                            ("protective", "保护性救助"),
                            ("medical_emergency", "紧急医疗"),
                            ("police", "公安处置"),
                        ],
                        default="voluntary",
                        max_length=20,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "未结案"),
                            ("to_station", "已入站救助"),
                            ("self_return", "自行返家"),
                            ("hospital", "已送医"),
                            ("police", "已移交公安"),
                            ("helped_on_spot", "现场救助完毕"),
                            ("gone", "多次回访未再见到"),
                            ("deceased", "死亡"),
                            ("mistake", "误建"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("closing_note", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonClass",
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
                    "code",
                    models.CharField(
                        choices=[
                            ("rough_sleeper", "一般露宿人员"),
                            ("minor", "未成年人"),
                            ("critically_ill_person", "危重病人"),
                            ("sudden_illness", "突发急病"),
                            ("suspected_mental_disorder", "疑似精神障碍"),
                            ("infectious_patient", "传染病人"),
                            ("danger", "有危险"),
                            ("suicide_risk", "有轻生念头"),
                            ("elderly", "老年人"),
                            ("disabled", "残疾人"),
                            ("severely_disabled_person", "重残人员"),
                            ("hard_to_move", "行动不便"),
                            ("intellectual_disability", "智力障碍"),
                            ("drunk", "醉酒"),
                            ("woman_alone", "单身女性"),
                            ("family_with_children", "带孩子的家庭"),
                            ("person_in_sudden_trouble", "临时遇困人员"),
                            ("repeat_street_person", "反复流浪"),
                            ("easily_lost_person", "易走失人员"),
                            ("stranded_unidentified_person", "身份不明滞留"),
                            ("non_local", "外地人员"),
                            ("left_behind_child", "留守儿童"),
                            ("disaster_victim", "受灾人员"),
                            ("occupational_beggar", "职业乞讨"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("claimed", "自述"),
                            ("estimated", "估计"),
                            ("verified", "已核实"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(max_length=120)),
                ("decided_at", models.DateTimeField()),
                ("source", models.CharField(max_length=120)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonFact",
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
                            ("name", "姓名"),
                            ("alias", "别名、小名"),
                            ("id_number", "身份证号"),
                            ("birth_date", "出生日期"),
                            ("phone", "本人电话"),
                            ("family_contact", "亲属联系方式"),
                            ("home_address", "家庭住址"),
                            ("origin", "来自哪里"),
                            ("accent", "口音、语言"),
                            ("cause", "流浪原因"),
                            ("health", "健康状况"),
                            ("diagnosis", "诊断"),
                            ("mental_state", "精神状态"),
                            ("clothing", "衣着"),
                            ("features", "体貌特征"),
                            ("belongings", "随身物品"),
                            ("needs", "需要什么"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=400)),
                ("secret", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("secret_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("claimed", "自述"),
                            ("estimated", "估计"),
                            ("verified", "已核实"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="persons.personfact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonLink",
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
                            ("proposed", "待确认"),
                            ("confirmed", "同一人"),
                            ("rejected", "不是同一人"),
                            ("undone", "已撤销"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("proposed_by", models.CharField(max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_from",
                        to="persons.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_text"], name="persons_person_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_as", ""), _negated=True),
                name="persons_person_is_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("age_high__isnull", True), ("age_low__isnull", True)),
                    models.Q(("age_high__lte", 125), ("age_low__lte", models.F("age_high"))),
                    _connector="OR",
                ),
                name="persons_person_age_is_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_low__isnull", True), ("age_noted_date__isnull", False), _connector="OR"
                ),
                name="persons_person_age_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_restricted", False),
                    models.Q(("restricted_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="persons_person_restriction_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["person", "-opened_at"], name="persons_case_of_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_org", "-opened_at"],
                name="persons_case_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id", models.F("public_id"))),
                name="persons_case_is_its_own_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closing", ""), ("state", "open")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("closing", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="persons_case_closed_means_closed_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    ("closed_at__gte", models.F("opened_at")),
                    _connector="OR",
                ),
                name="persons_case_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="personclass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("case_id", "code"),
                name="persons_personclass_once_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="personclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="persons_personclass_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="personclass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="persons_personclass_withdrawn_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="personfact",
            index=models.Index(fields=["person", "kind"], name="persons_personfact_kind"),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value", ""), models.Q(("secret", ""), _negated=True)),
                    models.Q(models.Q(("value", ""), _negated=True), ("secret", "")),
                    _connector="OR",
                ),
                name="persons_personfact_says_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            ["id_number", "phone", "family_contact", "home_address", "diagnosis"],
                        ),
                        _negated=True,
                    ),
                    ("value", ""),
                    _connector="OR",
                ),
                name="persons_personfact_sealed_kinds_lie_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="persons_personfact_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="personlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_id__lt", models.F("second_id"))),
                name="persons_personlink_older_comes_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="personlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "undone"), _negated=True),
                fields=("first", "second"),
                name="persons_personlink_one_opinion_per_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="personlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "proposed"),
                    models.Q(
                        ("decided_at__isnull", False), models.Q(("decided_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="persons_personlink_decided_by_somebody",
            ),
        ),
    ]
