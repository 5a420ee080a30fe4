"""The cupboard with its counts, incidents in the station, cameras and held recordings."""

import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stays", "0009_infections_deaths"),
    ]

    operations = [
        migrations.CreateModel(
            name="Camera",
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
                ("name", models.CharField(max_length=40)),
                ("place", models.CharField(max_length=80)),
                ("keep_months", models.PositiveSmallIntegerField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "name"), name="stays_camera_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keep_months__gte", 1)),
                        name="stays_camera_keeps_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CupboardItem",
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
                        choices=[("drug", "药品"), ("valuable", "贵重物品")], max_length=8
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("unit", models.CharField(max_length=12)),
                ("kept_in", models.CharField(blank=True, max_length=40)),
                ("amount", models.PositiveIntegerField(default=0)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_org", "name"), name="stays_cupboarditem_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                        ),
                        name="stays_cupboarditem_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StationIncident",
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
                            ("assault", "殴打工作人员"),
                            ("threat", "威胁、辱骂工作人员"),
                            ("disorder", "扰乱秩序、损毁财物"),
                            ("fire", "火情"),
                            ("difference", "盘点不符"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=80)),
                ("story", models.CharField(max_length=600)),
                ("is_somebody_hurt", models.BooleanField(default=False)),
                ("is_police_called", models.BooleanField(default=False)),
                ("recorded_by", models.CharField(max_length=120)),
                ("police_answer", models.CharField(blank=True, max_length=300)),
                ("conclusion", models.CharField(blank=True, max_length=400)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("concluded_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("story", ""), _negated=True),
                        name="stays_stationincident_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("concluded_at__isnull", True),
                            models.Q(
                                models.Q(("conclusion", ""), _negated=True),
                                models.Q(("concluded_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_stationincident_concluded_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CupboardCount",
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
                ("book", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("first_amount", models.PositiveIntegerField()),
                ("first_by", models.CharField(max_length=120)),
                ("first_by_id", models.UUIDField()),
                ("second_at", models.DateTimeField(blank=True, null=True)),
                ("second_amount", models.PositiveIntegerField(blank=True, null=True)),
                ("second_by", models.CharField(blank=True, max_length=120)),
                ("second_by_id", models.UUIDField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="stays.cupboarditem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("second_at__isnull", True)),
                        fields=("item",),
                        name="stays_cupboardcount_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_at__isnull", True),
                            models.Q(
                                ("second_amount__isnull", False),
                                ("second_by_id__isnull", False),
                                models.Q(("second_by_id", models.F("first_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_cupboardcount_by_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CupboardMove",
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
                    "way",
                    models.CharField(
                        choices=[("in", "存入"), ("out", "取出"), ("set", "盘点调整")], max_length=3
                    ),
                ),
                ("amount", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("moved_at", models.DateTimeField()),
                ("moved_by", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=120)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="stays.cupboarditem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="stays_cupboardmove_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VideoHold",
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
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                ("asked_by", models.CharField(max_length=80)),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.CharField(max_length=120)),
                ("overwritten_from_at", models.DateTimeField()),
                ("kept_in", models.CharField(blank=True, max_length=80)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("saved_by", models.CharField(blank=True, max_length=120)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, max_length=120)),
                ("release_reason", models.CharField(blank=True, max_length=200)),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="stays.camera",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("from_at"))),
                        name="stays_videohold_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="stays_videohold_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at__isnull", True),
                            models.Q(
                                models.Q(("release_reason", ""), _negated=True),
                                models.Q(("released_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stays_videohold_released_with_words",
                    ),
                ],
            },
        ),
    ]
