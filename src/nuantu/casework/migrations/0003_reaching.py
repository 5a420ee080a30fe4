"""The family by consent, referrals, disclosures, conferences."""

import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.fields
import nuantu.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conference",
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
                ("held_at", models.DateTimeField()),
                ("people", models.CharField(max_length=300)),
                ("minutes", nuantu.core.fields.SealedTextField()),
                (
                    "decisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("people", ""), _negated=True),
                            models.Q(("decisions", []), _negated=True),
                        ),
                        name="casework_conference_decides",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                ("number", models.CharField(max_length=24, unique=True)),
                ("body", models.CharField(max_length=120)),
                ("letter", models.CharField(max_length=80)),
                ("asked", nuantu.core.fields.SealedTextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待决定"), ("given", "已提供"), ("refused", "没有提供")],
                        default="asked",
                        max_length=7,
                    ),
                ),
                ("reason", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("given", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_of__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("decided_of__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("decided_of", models.F("asked_of")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="casework_disclosure_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "given"), models.Q(("given", ""), _negated=True)),
                            models.Q(models.Q(("state", "given"), _negated=True), ("given", "")),
                            _connector="OR",
                        ),
                        name="casework_disclosure_says_what_was_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyConsent",
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
                    "basis",
                    models.CharField(
                        choices=[
                            ("own", "本人"),
                            ("guardian", "监护人"),
                            ("danger", "生命危险，来不及问"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("agrees", "同意"), ("refuses", "不同意")], max_length=7
                    ),
                ),
                (
                    "reaches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safe", "报平安，不说在哪里"),
                                ("where", "告诉现在在哪里"),
                                ("talk", "通电话、见面"),
                                ("fetch", "来接"),
                            ],
                            max_length=5,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("relation", models.CharField(max_length=40)),
                ("words", nuantu.core.fields.SealedTextField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=120)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "refuses"), ("reaches", [])),
                            models.Q(
                                ("answer", "agrees"), models.Q(("reaches", []), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="casework_familyconsent_says_how_far",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                            ("counsellor", "心理咨询"),
                            ("hospital", "医院"),
                            ("legal_aid", "法律援助"),
                            ("school", "学校、教育局"),
                            ("disabled", "残联"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("body", models.CharField(max_length=120)),
                ("words", nuantu.core.fields.SealedTextField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("paper_id", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等答复"),
                            ("taken", "已受理"),
                            ("declined", "不受理"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("answer", nuantu.core.fields.SealedTextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="casework.caseplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="casework_referral_answered_with_words",
                    )
                ],
            },
        ),
    ]
