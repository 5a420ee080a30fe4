import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("key_ref", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped", models.TextField(blank=True)),
                ("master", models.CharField(blank=True, max_length=20)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed_at__isnull", True), ("wrapped", ""), _connector="OR"
                        ),
                        name="core_datakey_destroyed_means_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(choices=[("demo", "Demo"), ("live", "Live")], max_length=4),
                ),
                ("made_at", models.DateTimeField(default=nuantu.core.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="core_installation_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalChain",
            fields=[
                ("chain", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seq__gte", 1)), name="core_journalchain_starts_at_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "public_id",
                    models.UUIDField(
                        default=nuantu.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("chain", models.CharField(max_length=20)),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("verb", models.CharField(max_length=80)),
                ("summary", models.TextField()),
                ("basis", models.TextField(blank=True)),
                ("actor_id", models.CharField(max_length=64)),
                ("actor_name", models.CharField(max_length=120)),
                ("actor_org", models.CharField(blank=True, max_length=40)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("division_code", models.CharField(max_length=12)),
                ("owner_org", models.CharField(max_length=40)),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("changes", models.JSONField(default=dict)),
                ("sealed", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["recorded_at"], name="core_journalentry_when")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "seq"), name="core_journalentry_one_per_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RateWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("window", models.BigIntegerField()),
                ("count", models.IntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "window"), name="core_ratewindow_one_per_window"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                ("purpose", models.CharField(max_length=40)),
                ("media_type", models.CharField(max_length=40)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size_bytes", models.PositiveIntegerField()),
                ("original_digest", models.CharField(max_length=64)),
                ("taken_by", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size_bytes__gt", 0)), name="core_storedfile_not_empty"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("public_id", models.UUIDField(default=nuantu.core.ids.new_id, editable=False)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="core.journalentry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "subject_id"], name="core_journalsubject_subject")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "kind", "subject_id"),
                        name="core_journalsubject_named_once",
                    )
                ],
            },
        ),
    ]
