"""The prevention ledger: entries, revisits, help and alerts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("homeward", "0003_guards"),
        ("persons", "0008_minors_are_restricted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
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
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), size=None
                    ),
                ),
                ("cause", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("needs", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("cares", "有家人照看"),
                            ("weak", "家人照看不了"),
                            ("none", "没有家人"),
                            ("locks", "被家人关锁"),
                            ("unknown", "还不清楚"),
                        ],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "card",
                    models.CharField(
                        choices=[
                            ("has", "有残疾人证"),
                            ("missing", "应办未办"),
                            ("not_needed", "不需要"),
                            ("unknown", "还不清楚"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("not_asked", "没有问过"),
                            ("refused", "不愿佩戴"),
                            ("issued", "已发放"),
                        ],
                        default="not_asked",
                        max_length=9,
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[("high", "高"), ("middle", "中"), ("low", "低")], max_length=6
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("judged_at", models.DateTimeField()),
                ("next_date", models.DateField(blank=True, null=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("steady", "已稳定，不再有风险"),
                            ("moved", "迁往外地，已告知当地"),
                            ("died", "死亡"),
                            ("mistake", "登记错误"),
                        ],
                        max_length=7,
                    ),
                ),
                ("ended_note", models.CharField(blank=True, max_length=300)),
                (
                    "keeper",
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
            name="LedgerAlert",
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
                ("keeper_org", models.CharField(max_length=40)),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("met", "街面遇见"),
                            ("taken_in", "入站救助"),
                            ("named", "查明身份"),
                        ],
                        max_length=8,
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                ("told_at", models.DateTimeField()),
                ("answer", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="homeward.ledgerentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHelp",
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
                            ("card", "办残疾人证"),
                            ("assistance", "申请社会救助"),
                            ("school", "就学复学"),
                            ("training", "就业培训"),
                            ("treatment", "治疗或服药"),
                            ("guardian", "落实监护或照料"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("begun", "已联系经办单位"),
                            ("examined", "已陪同到医院诊断"),
                            ("applied", "已陪同到窗口申请"),
                            ("decided", "已评定或已批准"),
                            ("issued", "已领到或已落实"),
                            ("refused", "未批准"),
                            ("dropped", "本人不愿意"),
                        ],
                        default="begun",
                        max_length=8,
                    ),
                ),
                ("body", models.CharField(max_length=120)),
                ("paper", models.CharField(blank=True, max_length=200)),
                ("begun_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helps",
                        to="homeward.ledgerentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerVisit",
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
                ("planned_date", models.DateField()),
                ("visited_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("visited_by", models.CharField(max_length=120)),
                (
                    "how",
                    models.CharField(
                        choices=[("home", "上门"), ("phone", "电话"), ("village", "委托村居")],
                        max_length=7,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("met", "见到或联系到本人"),
                            ("absent", "没有见到"),
                            ("missing", "下落不明"),
                        ],
                        max_length=7,
                    ),
                ),
                ("life", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("health", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("family_words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                (
                    "work",
                    models.CharField(
                        choices=[
                            ("works", "有工作"),
                            ("farms", "务农"),
                            ("seeks", "想找工作"),
                            ("unable", "不能劳动"),
                            ("school", "上学"),
                            ("unknown", "没有问到"),
                        ],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("has_left_again", models.BooleanField(blank=True, null=True)),
                ("is_locked_in", models.BooleanField(default=False)),
                ("goods", models.CharField(blank=True, max_length=200)),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("dibao", "低保"),
                                ("tekun", "特困供养"),
                                ("temporary", "临时救助"),
                                ("medical", "医疗救助或医保"),
                                ("disability", "残疾人补贴"),
                                ("job", "就业帮扶"),
                                ("other", "其他"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("next_date", models.DateField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="homeward.ledgerentry",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["owner_org", "next_date"],
                name="homeward_ledger_now",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["person"],
                name="homeward_ledger_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person", "owner_org"),
                name="homeward_ledgerentry_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="homeward_ledgerentry_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("grounds__len__gte", 1)),
                name="homeward_ledgerentry_has_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", False), ("next_date__isnull", False), _connector="OR"
                ),
                name="homeward_ledgerentry_knows_its_next_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_why", "")),
                    models.Q(
                        ("ended_at__gte", models.F("began_at")),
                        models.Q(("ended_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_ledgerentry_ended_means_why",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgeralert",
            index=models.Index(
                fields=["owner_org", "-told_at"], name="homeward_ledgeralert_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeralert",
            constraint=models.UniqueConstraint(
                fields=("entry", "case_id"), name="homeward_ledgeralert_once_for_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeralert",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="homeward_ledgeralert_belongs_to_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeralert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_ledgeralert_answered_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerhelp",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("entry", "kind"),
                name="homeward_ledgerhelp_one_of_a_kind_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerhelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False), ("step__in", ["issued", "refused", "dropped"])
                    ),
                    models.Q(
                        models.Q(("step__in", ["issued", "refused", "dropped"]), _negated=True),
                        ("due_at__isnull", False),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="homeward_ledgerhelp_runs_until_a_last_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerhelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "issued"), _negated=True),
                    models.Q(("paper", ""), _negated=True),
                    _connector="OR",
                ),
                name="homeward_ledgerhelp_issued_has_its_paper",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgervisit",
            index=models.Index(fields=["entry", "-visited_at"], name="homeward_ledgervisit_newest"),
        ),
        migrations.AddConstraint(
            model_name="ledgervisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__gte", models.F("visited_at"))),
                name="homeward_ledgervisit_written_after_it_was_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgervisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("found", "met"), _negated=True),
                    models.Q(
                        models.Q(("life", ""), _negated=True),
                        models.Q(("health", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="homeward_ledgervisit_met_says_how_he_lives",
            ),
        ),
    ]
