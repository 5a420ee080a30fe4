"""Places of one prefecture: where to look, where to take people, where they can warm up."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel

PUBLIC, STAFF = FieldClass.PUBLIC, FieldClass.STAFF

ON_EARTH = models.Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)


class Place(ScopedModel):
    """What every place has: a name, a spot in WGS-84, how sure the spot is, and an end.

    `datum` says in what the coordinate was told before it was converted; `is_approximate` that the
    spot is that of a larger unit. A place is closed, never deleted: tips keep pointing to it.
    """

    class Datum(models.TextChoices):
        WGS84 = "wgs84", _("WGS-84（GPS、北斗、天地图）")
        GCJ02 = "gcj02", _("GCJ-02（高德、腾讯）")
        BD09 = "bd09", _("BD-09（百度）")

    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    lat = models.FloatField(_("纬度"))
    lon = models.FloatField(_("经度"))
    is_approximate = models.BooleanField(_("位置只是大致"), default=False)
    datum = models.CharField(_("坐标系"), max_length=5, choices=Datum.choices, default=Datum.WGS84)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether it is history."""
        return self.closed_at is not None


class KeyLocation(Place):
    """A place to be patrolled first (重点区域, P1-24), of a type that a plan names.

    `kind` is the code of the type. `open_hours`: when one can get in, as `rules.hours` writes it; empty
    for always. Staff only: where people sleep is not told to the public.
    """

    field_classes: ClassVar = {
        "name": STAFF,
        "address": STAFF,
        "datum": STAFF,
        "closed_reason": STAFF,
        "kind": STAFF,
        "note": STAFF,
        "open_hours": STAFF,
    }

    kind = models.CharField(_("类型"), max_length=40)
    is_night_only = models.BooleanField(_("只在夜间有人"), default=False)
    must_go_with_police = models.BooleanField(_("须会同公安"), default=False)
    open_hours = models.CharField(_("开放时间"), max_length=60, blank=True, default="")
    note = models.TextField(_("备注"), blank=True, max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ON_EARTH, name="places_keylocation_is_on_earth"),
            models.UniqueConstraint(
                fields=["division_code", "name"],
                condition=models.Q(closed_at=None),
                name="places_keylocation_named_once_in_a_town",
            ),
        ]
        indexes = [models.Index(fields=["lat", "lon"], name="places_keylocation_spot")]


class Station(Place):
    """The building of a rescue station (救助管理站): where people are taken in, day and night."""

    field_classes: ClassVar = {
        "name": PUBLIC,
        "address": PUBLIC,
        "datum": PUBLIC,
        "closed_reason": STAFF,
        "phone": PUBLIC,
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(_("24 小时电话"), max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ON_EARTH, name="places_station_is_on_earth"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(closed_at=None),
                name="places_station_one_building_in_use",
            ),
        ]


class Hospital(Place):
    """A hospital that takes patients from the street; designated (定点医院) by the health bureau."""

    field_classes: ClassVar = {
        "name": PUBLIC,
        "address": PUBLIC,
        "datum": PUBLIC,
        "closed_reason": STAFF,
        "phone": PUBLIC,
    }

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone = models.CharField(_("急诊电话"), max_length=40)
    is_designated = models.BooleanField(_("定点医院"), default=False)
    is_psychiatric = models.BooleanField(_("收治精神障碍患者"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ON_EARTH, name="places_hospital_is_on_earth")
        ]


class ReliefPoint(Place):
    """A temporary relief point, guidance point or cold shelter (P1-34, P1-42).

    Contact, person and phone are published (P1-43); a sign shows where it is (P1-35). Whether it is
    open is only worth as much as its age: `state_at` is when somebody last said so.
    """

    class Kind(models.TextChoices):
        TEMPORARY = "temporary", _("临时救助点")
        GUIDANCE = "guidance", _("救助引导点")
        SHELTER = "cold-shelter", _("避寒场所")

    field_classes: ClassVar = {
        "name": PUBLIC,
        "address": PUBLIC,
        "datum": PUBLIC,
        "closed_reason": STAFF,
        "kind": PUBLIC,
        "contact_unit": PUBLIC,
        "contact_person": PUBLIC,
        "phone": PUBLIC,
        "hours": PUBLIC,
        "state_by": STAFF,
        "shut_reason": STAFF,
    }

    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    contact_unit = models.CharField(_("责任单位"), max_length=80)
    contact_person = models.CharField(_("联系人"), max_length=40)
    phone = models.CharField(_("联系电话"), max_length=40)
    hours = models.CharField(_("开放时间"), max_length=60, blank=True)
    places_count = models.PositiveSmallIntegerField(_("可容纳人数"), default=0)
    has_sign = models.BooleanField(_("已设置明显标志"), default=False)
    is_open = models.BooleanField(default=False)
    state_at = models.DateTimeField(null=True, blank=True)
    state_by = models.CharField(max_length=120, blank=True)
    shut_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ON_EARTH, name="places_reliefpoint_is_on_earth"),
            models.CheckConstraint(
                condition=~models.Q(contact_person="") & ~models.Q(phone=""),
                name="places_reliefpoint_publishes_its_contact",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=False)
                | models.Q(state_at__isnull=False, closed_at__isnull=True, shut_reason=""),
                name="places_reliefpoint_open_has_a_witness",
            ),
        ]
