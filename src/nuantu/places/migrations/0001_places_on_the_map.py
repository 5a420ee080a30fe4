import django.db.models.deletion
import nuantu.core.clock
import nuantu.core.ids
from django.db import migrations, models


from nuantu.core.rls import Protect

SAME_PREFECTURE = """left(division_code, 4) = (
    SELECT left(o.division_id, 4) FROM accounts_organisation o
    WHERE o.code = nullif(current_setting('app.org', true), ''))"""
IN_USE = "closed_at IS NULL"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_grants_open_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyLocation",
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
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lat", models.FloatField(verbose_name="纬度")),
                ("lon", models.FloatField(verbose_name="经度")),
                ("is_approximate", models.BooleanField(default=False, verbose_name="位置只是大致")),
                (
                    "datum",
                    models.CharField(
                        choices=[
                            ("wgs84", "WGS-84（GPS、北斗、天地图）"),
                            ("gcj02", "GCJ-02（高德、腾讯）"),
                            ("bd09", "BD-09（百度）"),
                        ],
                        default="wgs84",
                        max_length=5,
                        verbose_name="坐标系",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=40, verbose_name="类型")),
                ("is_night_only", models.BooleanField(default=False, verbose_name="只在夜间有人")),
                (
                    "must_go_with_police",
                    models.BooleanField(default=False, verbose_name="须会同公安"),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="备注")),
            ],
            options={
                "indexes": [models.Index(fields=["lat", "lon"], name="places_keylocation_spot")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lat__gte", -90),
                            ("lat__lte", 90),
                            ("lon__gte", -180),
                            ("lon__lte", 180),
                        ),
                        name="places_keylocation_is_on_earth",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("division_code", "name"),
                        name="places_keylocation_named_once_in_a_town",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReliefPoint",
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
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lat", models.FloatField(verbose_name="纬度")),
                ("lon", models.FloatField(verbose_name="经度")),
                ("is_approximate", models.BooleanField(default=False, verbose_name="位置只是大致")),
                (
                    "datum",
                    models.CharField(
                        choices=[
                            ("wgs84", "WGS-84（GPS、北斗、天地图）"),
                            ("gcj02", "GCJ-02（高德、腾讯）"),
                            ("bd09", "BD-09（百度）"),
                        ],
                        default="wgs84",
                        max_length=5,
                        verbose_name="坐标系",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("temporary", "临时救助点"),
                            ("guidance", "救助引导点"),
                            ("cold-shelter", "避寒场所"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                ("contact_unit", models.CharField(max_length=80, verbose_name="责任单位")),
                ("contact_person", models.CharField(max_length=40, verbose_name="联系人")),
                ("phone", models.CharField(max_length=40, verbose_name="联系电话")),
                ("hours", models.CharField(blank=True, max_length=60, verbose_name="开放时间")),
                (
                    "places_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="可容纳人数"),
                ),
                ("has_sign", models.BooleanField(default=False, verbose_name="已设置明显标志")),
                ("is_open", models.BooleanField(default=False)),
                ("state_at", models.DateTimeField(blank=True, null=True)),
                ("state_by", models.CharField(blank=True, max_length=120)),
                ("shut_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lat__gte", -90),
                            ("lat__lte", 90),
                            ("lon__gte", -180),
                            ("lon__lte", 180),
                        ),
                        name="places_reliefpoint_is_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_person", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                        ),
                        name="places_reliefpoint_publishes_its_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_open", False),
                            models.Q(
                                ("closed_at__isnull", True),
                                ("shut_reason", ""),
                                ("state_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="places_reliefpoint_open_has_a_witness",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hospital",
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
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lat", models.FloatField(verbose_name="纬度")),
                ("lon", models.FloatField(verbose_name="经度")),
                ("is_approximate", models.BooleanField(default=False, verbose_name="位置只是大致")),
                (
                    "datum",
                    models.CharField(
                        choices=[
                            ("wgs84", "WGS-84（GPS、北斗、天地图）"),
                            ("gcj02", "GCJ-02（高德、腾讯）"),
                            ("bd09", "BD-09（百度）"),
                        ],
                        default="wgs84",
                        max_length=5,
                        verbose_name="坐标系",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(max_length=40, verbose_name="急诊电话")),
                ("is_designated", models.BooleanField(default=False, verbose_name="定点医院")),
                (
                    "is_psychiatric",
                    models.BooleanField(default=False, verbose_name="收治精神障碍患者"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lat__gte", -90),
                            ("lat__lte", 90),
                            ("lon__gte", -180),
                            ("lon__lte", 180),
                        ),
                        name="places_hospital_is_on_earth",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Station",
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
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lat", models.FloatField(verbose_name="纬度")),
                ("lon", models.FloatField(verbose_name="经度")),
                ("is_approximate", models.BooleanField(default=False, verbose_name="位置只是大致")),
                (
                    "datum",
                    models.CharField(
                        choices=[
                            ("wgs84", "WGS-84（GPS、北斗、天地图）"),
                            ("gcj02", "GCJ-02（高德、腾讯）"),
                            ("bd09", "BD-09（百度）"),
                        ],
                        default="wgs84",
                        max_length=5,
                        verbose_name="坐标系",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(max_length=40, verbose_name="24 小时电话")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lat__gte", -90),
                            ("lat__lte", 90),
                            ("lon__gte", -180),
                            ("lon__lte", 180),
                        ),
                        name="places_station_is_on_earth",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("organisation",),
                        name="places_station_one_building_in_use",
                    ),
                ],
            },
        ),
        Protect("places_keylocation", staff_select=SAME_PREFECTURE),
        Protect("places_station", staff_select="true", public_select=IN_USE),
        Protect("places_hospital", staff_select="true", public_select=IN_USE),
        Protect("places_reliefpoint", staff_select="true", public_select=IN_USE),
    ]
