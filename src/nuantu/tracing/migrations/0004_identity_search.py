"""The search for who somebody is, fragments, candidate places, requests; and who sees and changes them."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough, WriteOwn

SCOPED = ("tracing_identitysearch", "tracing_fragment", "tracing_identityrequest")
CHILDREN = (
    ("tracing_identitystep", "tracing_identitysearch", "search_id"),
    ("tracing_candidateplace", "tracing_fragment", "fragment_id"),
    ("tracing_requestline", "tracing_identityrequest", "request_id"),
)
# What was heard stays as it was put down: it is withdrawn, moves with its case, and loses its recording
# when that is over. An erasure works as the system.
NEVER_OVERWRITTEN = """
CREATE FUNCTION tracing_fragment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('app.system', true), '') <> 'on' AND (
        (OLD.kind, OLD.words, OLD.said_by, OLD.certainty, OLD.heard_at, OLD.heard_by, OLD.heard_where,
         OLD.noted_at, OLD.noted_by, OLD.sound_digest, OLD.person_id, OLD.case_id)
        IS DISTINCT FROM
        (NEW.kind, NEW.words, NEW.said_by, NEW.certainty, NEW.heard_at, NEW.heard_by, NEW.heard_where,
         NEW.noted_at, NEW.noted_by, NEW.sound_digest, NEW.person_id, NEW.case_id)
        OR OLD.withdrawn_at IS NOT NULL AND (OLD.withdrawn_at, OLD.withdrawn_by, OLD.withdrawn_reason)
        IS DISTINCT FROM (NEW.withdrawn_at, NEW.withdrawn_by, NEW.withdrawn_reason))
    THEN RAISE EXCEPTION 'a fragment is withdrawn, never overwritten' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tracing_fragment_stays BEFORE UPDATE ON tracing_fragment
    FOR EACH ROW EXECUTE FUNCTION tracing_fragment_stays();
"""
AGAIN = """
DROP TRIGGER tracing_fragment_stays ON tracing_fragment;
DROP FUNCTION tracing_fragment_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_erasure_reaches_tracing"),
        ("persons", "0008_minors_are_restricted"),
        ("tracing", "0003_matches"),
    ]

    operations = [
        migrations.AlterField(
            model_name="match",
            name="found_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("match", "比对寻人登记"),
                    ("notice", "寻亲公告"),
                    ("dna", "DNA比对"),
                    ("police", "公安核查"),
                    ("talk", "谈话线索"),
                    ("lead", "公众线索"),
                    ("documents", "证件、物品"),
                    ("records", "救助、接待记录"),
                    ("other", "其他"),
                ],
                max_length=9,
            ),
        ),
        migrations.CreateModel(
            name="Fragment",
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
                            ("own_name", "自己的名字"),
                            ("home", "家在哪里"),
                            ("place", "到过、提到的地方"),
                            ("kin", "亲人的名字、称呼"),
                            ("school", "上过的学"),
                            ("work", "干过的活、单位"),
                            ("accent", "口音、方言用词"),
                            ("other", "别的话"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(max_length=400)),
                (
                    "said_by",
                    models.CharField(
                        choices=[
                            ("self", "本人说的"),
                            ("resident", "其他在站人员说的"),
                            ("staff", "工作人员看出、听出的"),
                            ("outsider", "站外的人说的"),
                        ],
                        default="self",
                        max_length=8,
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
                ("heard_at", models.DateTimeField()),
                ("heard_by", models.CharField(max_length=120)),
                ("heard_where", models.CharField(blank=True, max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                ("sound_digest", models.CharField(blank=True, max_length=64)),
                ("keep_until_date", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=120)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                (
                    "fact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="persons.personfact",
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
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracing.fragment",
                    ),
                ),
                (
                    "sound",
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
            name="CandidatePlace",
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
                ("division_code", models.CharField(max_length=12)),
                ("label", models.CharField(max_length=120)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                ("dismissed_by", models.CharField(blank=True, max_length=120)),
                ("dismissed_reason", models.CharField(blank=True, max_length=200)),
                (
                    "fragment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="tracing.fragment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdentitySearch",
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
                            ("open", "查询中"),
                            ("identified", "已查明"),
                            ("left", "未查明已离开"),
                            ("ended", "不再查询"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("began_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                (
                    "found_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("match", "比对寻人登记"),
                            ("notice", "寻亲公告"),
                            ("dna", "DNA比对"),
                            ("police", "公安核查"),
                            ("talk", "谈话线索"),
                            ("lead", "公众线索"),
                            ("documents", "证件、物品"),
                            ("records", "救助、接待记录"),
                            ("other", "其他"),
                        ],
                        max_length=9,
                    ),
                ),
                ("end_words", models.CharField(blank=True, max_length=300)),
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
            name="IdentityRequest",
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
                            ("identity", "身份核查"),
                            ("portrait", "人像比对"),
                            ("fingerprint", "指纹比对"),
                            ("dna", "DNA采样比对"),
                            ("missing", "失踪人口、走失报警核查"),
                            ("home", "到家乡核实"),
                            ("records", "查救助记录"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("police", "公安机关"),
                            ("station", "其他救助管理机构"),
                            ("civil_affairs", "民政部门"),
                            ("other", "村、居委会等其他单位"),
                        ],
                        max_length=13,
                    ),
                ),
                ("asked_of", models.CharField(max_length=80)),
                ("words", models.CharField(max_length=500)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("paper_id", models.UUIDField(blank=True, null=True)),
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等答复"),
                            ("asks_back", "对方在等我们回复"),
                            ("answered", "已答复"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=10)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="tracing.identitysearch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdentityStep",
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
                ("duty_id", models.UUIDField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "还没有结果"),
                            ("found", "有线索"),
                            ("nothing", "没有结果"),
                            ("impossible", "没法办"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=120)),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="tracing.identitysearch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestLine",
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
                            ("sent", "发出"),
                            ("reminded", "催问"),
                            ("asks_back", "对方反问"),
                            ("replied", "已回复对方"),
                            ("found", "查到"),
                            ("nothing", "没有查到"),
                            ("impossible", "没法查"),
                            ("withdrawn", "撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("paper", "公函"),
                            ("message", "系统消息、短信、微信"),
                            ("phone", "电话"),
                            ("fax", "传真、邮件"),
                            ("in_person", "当面"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("happened_date", models.DateField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="tracing.identityrequest",
                    ),
                ),
                (
                    "scan",
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
        migrations.AddIndex(
            model_name="fragment",
            index=models.Index(fields=["person", "-heard_at"], name="tracing_fragment_of_person"),
        ),
        migrations.AddConstraint(
            model_name="fragment",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)), name="tracing_fragment_is_of_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="fragment",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="tracing_fragment_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="fragment",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard_at__lte", models.F("noted_at"))),
                name="tracing_fragment_heard_before_noted",
            ),
        ),
        migrations.AddConstraint(
            model_name="fragment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("keep_until_date__isnull", True), ("sound_digest", "")),
                    models.Q(
                        models.Q(("sound_digest", ""), _negated=True),
                        ("keep_until_date__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="tracing_fragment_sound_has_its_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="fragment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by", ""),
                        ("withdrawn_reason", ""),
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_by", ""), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_fragment_withdrawn_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidateplace",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                name="tracing_candidateplace_fits_in_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidateplace",
            constraint=models.UniqueConstraint(
                fields=("fragment", "label"), name="tracing_candidateplace_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidateplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dismissed_at__isnull", True),
                    models.Q(
                        models.Q(("dismissed_by", ""), _negated=True),
                        models.Q(("dismissed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_candidateplace_dismissed_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="identitysearch",
            index=models.Index(
                fields=["owner_org", "-began_at"], name="tracing_identitysearch_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitysearch",
            constraint=models.UniqueConstraint(
                fields=("case_id",), name="tracing_identitysearch_one_per_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_id__isnull", False)),
                name="tracing_identitysearch_is_of_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("ended_at__gte", models.F("began_at")),
                    ),
                    _connector="OR",
                ),
                name="tracing_identitysearch_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitysearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "identified"), _negated=True),
                    models.Q(("found_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_identitysearch_identified_by_something",
            ),
        ),
        migrations.AddIndex(
            model_name="identityrequest",
            index=models.Index(
                fields=["owner_org", "-asked_at"], name="tracing_identityrequest_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="identityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False),
                        ("state", "answered"),
                        ("answer__in", ["found", "nothing", "impossible"]),
                    ),
                    models.Q(
                        models.Q(("state", "answered"), _negated=True),
                        ("answer", ""),
                        ("answered_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="tracing_identityrequest_answered_with_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("asked_of", ""), _negated=True),
                ),
                name="tracing_identityrequest_asks_somebody_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "asks_back"])),
                fields=("search", "kind", "asked_of"),
                name="tracing_identityrequest_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitystep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at__isnull", True)),
                fields=("search", "code"),
                name="tracing_identitystep_once_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("done_at__isnull", True)),
                    models.Q(
                        ("done_at__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tracing_identitystep_done_says_what_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["sent", "nothing", "reminded"]),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="tracing_requestline_says_what",
            ),
        ),
        *(Protect(table) for table in SCOPED),
        *(ProtectThrough(table, parent=parent, column=key) for table, parent, key in CHILDREN),
        *(WriteOwn(table, (parent, key)) for table, parent, key in CHILDREN),
        *(HideFromNarrow(table) for table in (*SCOPED, *(child[0] for child in CHILDREN))),
        *(KeepHistory(table) for table in (*SCOPED, *(child[0] for child in CHILDREN))),
        migrations.RunSQL(NEVER_OVERWRITTEN, AGAIN),
    ]
