"""Letters, a copy for each side: seen by its owner and whoever oversees its place, by nobody who sees no people."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models

from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, Protect, ProtectThrough, WriteOwn

TABLES = ("letters_letter", "letters_letterline")


class Migration(migrations.Migration):
    dependencies = [("core", "0014_erasure_reaches_wearers")]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("letter_id", models.UUIDField(default=nuantu.core.ids.new_id, editable=False)),
                (
                    "direction",
                    models.CharField(choices=[("out", "发出"), ("in", "收到")], max_length=3),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("take", "请接回或接收"),
                            ("address", "请核实住址和亲属"),
                            ("arrival", "请确认到达"),
                            ("identity", "请协助查明身份"),
                            ("report", "请提供寻人登记"),
                            ("carry", "请协调督促答复"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "means",
                    models.CharField(
                        choices=[("nuantu", "本系统"), ("paper", "纸质公函")],
                        max_length=6,
                    ),
                ),
                ("partner_org", models.CharField(blank=True, max_length=40)),
                ("partner_name", models.CharField(max_length=120)),
                ("partner_phones", models.CharField(blank=True, max_length=60)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("words", nuantu.core.fields.SealedTextField()),
                ("facts", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("paper_id", models.UUIDField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("due_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("read_by", models.CharField(blank=True, max_length=120)),
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
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "同意"), ("no", "不同意"), ("fact", "告知情况")],
                        max_length=4,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "carries",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_by",
                        to="letters.letter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterLine",
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
                    "event",
                    models.CharField(
                        choices=[
                            ("sent", "发函"),
                            ("read", "对方已读"),
                            ("reminded", "催办"),
                            ("asked_back", "反问"),
                            ("replied", "回复反问"),
                            ("answered", "答复"),
                            ("withdrawn", "撤回"),
                            ("carried", "上报协调"),
                            ("waits", "告知接站地点"),
                            ("arrived", "确认到达"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[("nuantu", "本系统"), ("paper", "纸质公函")],
                        max_length=6,
                    ),
                ),
                ("words", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("happened_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=120)),
                ("noted_org", models.CharField(max_length=120)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="letters.letter",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["owner_org", "direction", "-asked_at"], name="letters_letter_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["subject_id"], name="letters_letter_subject"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["letter_id"], name="letters_letter_both_sides"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("owner_org", "direction", "letter_id"),
                name="letters_letter_once_on_each_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("direction", "out")),
                fields=("owner_org", "number"),
                name="letters_letter_number_once_in_a_house",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("direction", "out"),
                    ("state__in", ["waiting", "asks_back"]),
                    models.Q(("kind", "carry"), _negated=True),
                    ("subject_id__isnull", False),
                ),
                fields=("owner_org", "subject_id", "kind", "partner_name"),
                name="letters_letter_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False),
                        ("state", "answered"),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "answered"), _negated=True),
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by", ""),
                    ),
                    _connector="OR",
                ),
                name="letters_letter_answered_with_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), _negated=True),
                    models.Q(("partner_name", ""), _negated=True),
                ),
                name="letters_letter_is_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("asked_at"))),
                name="letters_letter_due_after_it_was_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_id__isnull", True), ("subject_kind", "")),
                    models.Q(
                        ("subject_id__isnull", False), models.Q(("subject_kind", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="letters_letter_subject_has_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("event__in", ["sent", "read", "reminded", "arrived"]),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="letters_letterline_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterline",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("noted_at"))),
                name="letters_letterline_happened_before_it_was_noted",
            ),
        ),
        Protect("letters_letter"),
        ProtectThrough("letters_letterline", parent="letters_letter", column="letter_id"),
        WriteOwn("letters_letterline", ("letters_letter", "letter_id")),
        *(HideFromNarrow(table) for table in TABLES),
        *(KeepHistory(table) for table in TABLES),
    ]
