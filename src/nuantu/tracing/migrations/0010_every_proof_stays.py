"""Every proof of a notice on a channel is a row of its own: a later one no longer takes the place of the one before."""

import django.db.models.deletion
from django.db import migrations, models

import nuantu.core.ids
from nuantu.core.history import KeepHistory
from nuantu.core.rls import HideFromNarrow, ProtectThrough

# Of what stands in the table already; it protects its rows from its owner, too.
FILL = """
SELECT set_config('app.system', 'on', true);
INSERT INTO tracing_postingproof
  (public_id, posting_id, version_id, kind, link, outside_number, words, file_id, digest, put_at, put_by)
SELECT gen_random_uuid(), id, version_id, 'up', link, outside_number, result, proof_id, proof_digest, sent_at, sent_by
FROM tracing_posting WHERE state <> 'failed' AND (link <> '' OR outside_number <> '' OR proof_digest <> '')
UNION ALL
SELECT gen_random_uuid(), id, version_id, 'down', down_link, '', down_words, down_proof_id, down_digest, down_at, down_by
FROM tracing_posting WHERE down_at IS NOT NULL AND (down_link <> '' OR down_words <> '' OR down_digest <> '');
SELECT set_config('app.system', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0014_erasure_reaches_wearers"),
        ("tracing", "0009_what_was_decided_is_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostingProof",
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
                            ("up", "首次发布"),
                            ("replaced", "换成新内容"),
                            ("down", "撤下"),
                        ],
                        max_length=8,
                    ),
                ),
                ("link", models.CharField(blank=True, max_length=400)),
                ("outside_number", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("put_at", models.DateTimeField()),
                ("put_by", models.CharField(max_length=120)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="tracing.posting",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracing.noticeversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("put_by", ""), _negated=True),
                        name="tracing_postingproof_put_by_somebody",
                    )
                ]
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="posting", name="down_proof"),
        migrations.RemoveField(model_name="posting", name="proof"),
        ProtectThrough("tracing_postingproof", parent="tracing_posting", column="posting_id"),
        HideFromNarrow("tracing_postingproof"),
        KeepHistory("tracing_postingproof"),
    ]
