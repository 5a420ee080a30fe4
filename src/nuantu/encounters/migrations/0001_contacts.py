import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0004_reference_tokens"),
        ("dispatch", "0003_team_positions"),
        ("operations", "0003_reference_tokens"),
        ("persons", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Encounter",
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
                ("happened_at", models.DateTimeField()),
                ("place", models.CharField(max_length=200)),
                ("place_type", models.CharField(blank=True, max_length=48)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unconscious", "叫不醒"),
                                ("breathless", "呼吸困难"),
                                ("bleeding", "流血、外伤"),
                                ("frozen", "冻僵、失温"),
                                ("feverish", "发烧"),
                                ("in_pain", "剧痛、抽搐"),
                                ("infectious", "疑似传染病"),
                                ("suicidal", "说要轻生"),
                                ("violent", "伤人、毁物"),
                                ("coerced", "疑似被拐、被胁迫"),
                                ("confused", "神志不清、答非所问"),
                                ("drunk", "醉酒"),
                                ("unwell", "身体不舒服"),
                                ("immobile", "行动不便"),
                                ("disabled", "残疾"),
                                ("with_child", "带着孩子"),
                                ("thin_clothes", "衣着单薄"),
                                ("wet", "衣服潮湿"),
                                ("hungry", "饥饿"),
                                ("begging", "在乞讨"),
                                ("calm", "状况平稳"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("capable", "能自己作主"),
                            ("doubtful", "说不准"),
                            ("incapable", "不能自己作主"),
                        ],
                        default="capable",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("to_station", "护送入站"),
                            ("hospital", "送医"),
                            ("police", "移交公安"),
                            ("helped_on_spot", "现场救助"),
                            ("goods_only", "只要物资"),
                            ("self_return", "自行返家"),
                            ("refused", "拒绝救助"),
                        ],
                        max_length=16,
                    ),
                ),
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
                ("level", models.CharField(blank=True, max_length=24)),
                ("is_informed", models.BooleanField(default=False)),
                ("refusal_reason", models.CharField(blank=True, max_length=200)),
                ("has_card", models.BooleanField(default=False)),
                ("card_reason", models.CharField(blank=True, max_length=120)),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "不需要"),
                            ("taken", "已拍照"),
                            ("declined", "本人不让拍"),
                            ("impossible", "没法拍"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("evidence_reason", models.CharField(blank=True, max_length=120)),
                ("witness", models.CharField(blank=True, max_length=60)),
                ("guardian", models.CharField(blank=True, max_length=120)),
                ("revisit_at", models.DateTimeField(blank=True, null=True)),
                ("to_org", models.CharField(blank=True, max_length=40)),
                ("handover_id", models.UUIDField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("recorded_by", models.CharField(max_length=120)),
                ("correction_reason", models.CharField(blank=True, max_length=200)),
                (
                    "idempotency_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="encounters.encounter",
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
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dispatch.dispatch",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="operations.team",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dispatch.tip",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("taken_at", models.DateTimeField()),
                ("keep_until_date", models.DateField()),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="encounters.encounter",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoodsLine",
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
                ("item_code", models.CharField(max_length=48)),
                ("label", models.CharField(max_length=40)),
                ("label_en", models.CharField(blank=True, max_length=40)),
                ("quantity", models.PositiveSmallIntegerField()),
                ("owed_quantity", models.PositiveSmallIntegerField(default=0)),
                ("missing_reason", models.CharField(blank=True, max_length=120)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goods",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModeRequest",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("voluntary", "自愿受助"),
                            ("escorted", "引导护送"),
                            ("protective", "保护性救助"),
                            ("medical_emergency", "紧急医疗"),
                            ("police", "公安处置"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), size=None
                    ),
                ),
                ("legal_basis", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=300)),
                ("has_agreed", models.BooleanField(default=False)),
                ("is_urgent_danger", models.BooleanField(default=False)),
                ("is_incapable", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_by_id", models.CharField(max_length=64)),
                ("told_by_phone", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待批准"),
                            ("approved", "已批准"),
                            ("refused", "不批准"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_by_id", models.CharField(blank=True, max_length=64)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("review_due_at", models.DateTimeField()),
                (
                    "review",
                    models.CharField(
                        blank=True,
                        choices=[("", "待复核"), ("keep", "继续"), ("end", "改为自愿")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_by", models.CharField(blank=True, max_length=120)),
                ("review_note", models.CharField(blank=True, max_length=300)),
                (
                    "encounter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mode_request",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfferLine",
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
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("station", "去救助站"),
                            ("temporary_lodging", "临时住宿"),
                            ("temporary_point", "临时救助点"),
                            ("street_guidance", "街头疏导、帮助联系"),
                            ("goods", "御寒物资、食品"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "接受"),
                            ("declined", "不要"),
                            ("unclear", "没回应"),
                            ("not_offered", "没提"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefuserNotice",
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
                ("place", models.CharField(max_length=200)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("warm_clothes", "需要御寒衣被"),
                                ("food", "需要食物、热水"),
                                ("help_to_move", "行动需要帮助"),
                                ("look_after_child", "留意身边的孩子"),
                                ("look_in_often", "请常去看看"),
                                ("persuade", "遇到请劝导去救助站"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("told_by", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("seen_at", models.DateTimeField()),
                ("told_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revisit",
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
                ("duty_id", models.UUIDField(unique=True)),
                ("due_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "待回访"),
                            ("met", "见到了"),
                            ("not_seen", "没见到"),
                            ("left", "已离开本地"),
                            ("with_family", "已与家人团聚"),
                            ("deceased", "死亡"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="",
                        max_length=11,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=120)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisits",
                        to="encounters.encounter",
                    ),
                ),
                (
                    "met",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TransferSheet",
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
                ("case_id", models.UUIDField()),
                ("escort_unit", models.CharField(blank=True, max_length=120)),
                ("escort_name", models.CharField(blank=True, max_length=60)),
                ("escort_number", models.CharField(blank=True, max_length=20)),
                ("escort_phone", models.CharField(blank=True, max_length=40)),
                ("health", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("found_story", models.CharField(blank=True, max_length=500)),
                ("check_result", models.CharField(blank=True, max_length=200)),
                (
                    "suspicion",
                    models.CharField(
                        choices=[
                            ("none", "无"),
                            ("lost", "疑似走失"),
                            ("abandoned", "疑似被遗弃"),
                            ("trafficked", "疑似被拐卖"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("belongings", models.CharField(blank=True, max_length=300)),
                (
                    "encounter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheet",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(
                fields=["owner_org", "-happened_at"], name="encounters_encounter_register"
            ),
        ),
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(
                fields=["person", "-happened_at"], name="encounters_encounter_person"
            ),
        ),
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(
                fields=["division_code", "-happened_at"], name="encounters_encounter_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="encounters_encounter_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                name="encounters_encounter_is_not_in_the_future",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), _negated=True),
                    models.Q(
                        ("is_informed", True),
                        ("revisit_at__isnull", False),
                        models.Q(("refusal_reason", ""), _negated=True),
                        models.Q(("evidence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="encounters_encounter_refusal_is_informed_and_revisited",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ["refused", "goods_only", "self_return"]), _negated=True
                    ),
                    models.Q(
                        ("classes__overlap", ["minor", "critically_ill_person", "sudden_illness"]),
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="encounters_encounter_protected_are_not_left_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["to_station", "hospital", "police"]),
                    ("to_org", ""),
                    _connector="OR",
                ),
                name="encounters_encounter_taken_over_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("correction_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="encounters_encounter_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                    _connector="OR",
                ),
                name="encounters_encounter_is_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_until_date__gt", models.F("taken_at__date"))),
                name="encounters_evidence_is_kept_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="goodsline",
            constraint=models.UniqueConstraint(
                fields=("encounter", "item_code"), name="encounters_goodsline_once_per_encounter"
            ),
        ),
        migrations.AddConstraint(
            model_name="goodsline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__gte", models.F("owed_quantity")),
                    models.Q(("missing_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="encounters_goodsline_missing_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode", "voluntary"), _negated=True),
                name="encounters_moderequest_is_not_voluntary",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("classes", []), _negated=True),
                    models.Q(("legal_basis", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="encounters_moderequest_has_class_basis_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("decided_by_id", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="encounters_moderequest_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id", ""),
                    models.Q(("decided_by_id", models.F("asked_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="encounters_moderequest_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.UniqueConstraint(
                fields=("encounter", "code"), name="encounters_offerline_once_per_encounter"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusernotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", True)),
                name="encounters_refusernotice_names_no_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusernotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("told_at"))),
                name="encounters_refusernotice_expires_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusernotice",
            constraint=models.UniqueConstraint(
                fields=("encounter", "owner_org"), name="encounters_refusernotice_once_per_partner"
            ),
        ),
        migrations.AddConstraint(
            model_name="revisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("result", "")),
                    models.Q(models.Q(("result", ""), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="encounters_revisit_done_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "met"), _negated=True),
                    ("met__isnull", False),
                    _connector="OR",
                ),
                name="encounters_revisit_met_names_the_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfersheet",
            constraint=models.UniqueConstraint(
                fields=("case_id", "encounter"), name="encounters_transfersheet_of_one_case"
            ),
        ),
    ]
