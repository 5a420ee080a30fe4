import django.contrib.postgres.fields
import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.fields
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0009_erasure_reaches_sweeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
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
                ("kind", models.CharField(max_length=40)),
                ("numbered_by", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("issued", "有效"), ("void", "已作废")],
                        default="issued",
                        max_length=6,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("void_reason", models.CharField(blank=True, max_length=200)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("voided_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_org", "-issued_at"], name="papers_paper_register"),
                    models.Index(
                        fields=["subject_kind", "subject_id"], name="papers_paper_subject"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("numbered_by", "kind", "year", "serial"),
                        name="papers_paper_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case_id__isnull", False)),
                        name="papers_paper_belongs_to_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "issued"),
                                ("void_reason", ""),
                                ("voided_at__isnull", True),
                            ),
                            models.Q(
                                ("state", "void"),
                                ("voided_at__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="papers_paper_void_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("serial__gte", 1)), name="papers_paper_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperCounter",
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
                ("org_code", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org_code", "kind", "year"), name="papers_papercounter_one_per_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperTemplate",
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
                ("kind", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("prefix", models.CharField(blank=True, max_length=12)),
                ("is_builtin", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("in_force_date", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("uploaded_by", models.CharField(max_length=120)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["kind", "in_force_date"], name="papers_papertemplate_in_force"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "kind", "version"),
                        name="papers_papertemplate_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_builtin", True)),
                        fields=("kind", "digest"),
                        name="papers_papertemplate_builtin_kept_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case_id__isnull", True)),
                        name="papers_papertemplate_names_no_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_builtin", True),
                            models.Q(("prefix", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="papers_papertemplate_holds_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperVersion",
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
                ("case_id", models.UUIDField(db_index=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("values", nuantu.core.fields.SealedTextField()),
                ("values_digest", models.CharField(max_length=64)),
                (
                    "changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=120)),
                ("issued_org", models.CharField(max_length=40)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="papers.paper",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.papertemplate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperSignature",
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
                ("slot", models.CharField(blank=True, max_length=40)),
                (
                    "way",
                    models.CharField(
                        choices=[("screen", "屏幕签名"), ("scan", "纸质签名扫描件")], max_length=6
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=120)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "issued",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="papers.paperversion",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="paperversion",
            constraint=models.UniqueConstraint(
                fields=("paper", "version"), name="papers_paperversion_once_per_paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="papers_paperversion_anew_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("way", "screen")),
                fields=("issued", "slot"),
                name="papers_papersignature_one_per_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way", "scan"), models.Q(("slot", ""), _negated=True), _connector="OR"
                ),
                name="papers_papersignature_stands_somewhere",
            ),
        ),
    ]
