"""The division tree, organisations on it, users, grants and tokens."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id

PUBLIC, STAFF, SENSITIVE, SEALED = (
    FieldClass.PUBLIC,
    FieldClass.STAFF,
    FieldClass.SENSITIVE,
    FieldClass.SEALED,
)

PREFIX_LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "town": 9, "village": 12}


class Division(models.Model):
    """One place of the statistical division table (统计用区划代码, 12 digits), with its validity.

    Coordinates are WGS-84 degrees; a place without its own takes its county seat's and says so.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        PREFECTURE = "prefecture", _("地级")
        COUNTY = "county", _("县级")
        TOWN = "town", _("乡级")
        VILLAGE = "village", _("村级")

    field_classes: ClassVar = {
        "code": PUBLIC,
        "name": PUBLIC,
        "level": PUBLIC,
        "full_name": PUBLIC,
        "pinyin": PUBLIC,
        "replaced_by": PUBLIC,
    }

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=240)
    pinyin = models.CharField(max_length=240, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    is_approximate = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{12}$"),
                name="accounts_division_code_has_twelve_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="accounts_division_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["level", "name"], name="accounts_division_level_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The digits that every place inside shares."""
        return self.code[: PREFIX_LENGTHS[self.level]]


class Organisation(models.Model):
    """A body that holds rows and has users: bureau, station, township office, hospital, police.

    `code` reads kind and division, like `MZ-522601` (bureau) or `JZ-522601` (station).
    """

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("民政局")
        OFFICE = "office", _("联席会议办公室")
        STATION = "station", _("救助管理站")
        TOWNSHIP = "township", _("乡镇社会事务办")
        POLICE = "police", _("公安机关")
        URBAN = "urban", _("城市管理")
        HOSPITAL = "hospital", _("定点医院")
        HEALTH = "health", _("卫生健康局")
        PARTNER = "partner", _("合作伙伴")
        SYSTEM = "system", _("系统运维")

    field_classes: ClassVar = {
        "code": PUBLIC,
        "kind": PUBLIC,
        "name": PUBLIC,
        "phone": PUBLIC,
        "hours": PUBLIC,
    }

    code = models.CharField(max_length=40, primary_key=True)
    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}-[0-9A-Za-z-]+$"),
                name="accounts_organisation_code_reads_kind_and_place",
            )
        ]
        indexes = [models.Index(fields=["kind", "division"], name="accounts_organisation_kind")]

    def __str__(self) -> str:
        return self.name


class UserManager(models.Manager["User"]):
    """Finds users by login, as Django's log-in asks."""

    def get_by_natural_key(self, login: str) -> "User":
        return self.get(login=login)


class User(AbstractBaseUser):
    """Somebody who logs in, for one organisation, with one or more roles of the matrix."""

    field_classes: ClassVar = {
        "login": STAFF,
        "name": STAFF,
        "roles": STAFF,
        "totp_secret": SEALED,
        "password": SEALED,
        "language": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="users")
    roles = ArrayField(models.CharField(max_length=20), default=list)
    is_active = models.BooleanField(default=True)
    totp_secret = SealedTextField(blank=True, default="")
    totp_last_step = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(login=""), name="accounts_user_has_a_login"),
            models.CheckConstraint(condition=~models.Q(roles=[]), name="accounts_user_has_a_role"),
        ]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """An organisation may read one case for a purpose until a moment; `case_id` of a row without a case is its own.

    Offering a hand-over makes one for the receiver (preview); accepting leaves one for the giver.
    """

    field_classes: ClassVar = {"purpose": STAFF, "made_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    purpose = models.CharField(max_length=60)
    made_by = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")),
                name="accounts_grant_ends_after_it_began",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "until"], name="accounts_grant_org_until"),
            models.Index(fields=["case_id"], name="accounts_grant_case"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.case_id} {self.purpose}"


class ApiToken(models.Model):
    """A program's key; only its hash is kept. It acts as one user, for chosen purposes, until a day."""

    field_classes: ClassVar = {"name": STAFF, "digest": SEALED, "hint": STAFF, "scopes": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = ArrayField(models.CharField(max_length=20))
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name=""), name="accounts_apitoken_has_a_name"
            ),
            models.CheckConstraint(
                condition=~models.Q(scopes=[]), name="accounts_apitoken_has_a_scope"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="accounts_apitoken_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"


class NotificationChannel(models.Model):
    """Where a duty group is told that something waits: an Apprise address or a signed webhook.

    Messages carry the event, a short number and a link; never a name or a place.
    """

    class Kind(models.TextChoices):
        APPRISE = "apprise", _("消息（企业微信、钉钉、飞书、短信网关等）")
        WEBHOOK = "webhook", _("网络回调（签名）")

    field_classes: ClassVar = {
        "name": STAFF,
        "kind": STAFF,
        "address": SEALED,
        "secret": SEALED,
        "events": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = SealedTextField()
    secret = SealedTextField(blank=True, default="")
    events = ArrayField(models.CharField(max_length=60), default=list)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(events=[]), name="accounts_notificationchannel_has_an_event"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one channel, and how it went; the failed ones are the dead-letter list."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENT = "sent", _("已送达")
        FAILED = "failed", _("未送达")

    field_classes: ClassVar = {
        "event": STAFF,
        "reference": STAFF,
        "path": STAFF,
        "state": STAFF,
        "error": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    channel = models.ForeignKey(
        NotificationChannel, on_delete=models.PROTECT, related_name="deliveries"
    )
    event = models.CharField(max_length=60)
    reference = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "event", "reference"], name="accounts_delivery_once_per_event"
            )
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="accounts_delivery_state")]

    def __str__(self) -> str:
        return f"{self.event} {self.reference}"


class DivisionImport(models.Model):
    """An uploaded division table: compared, confirmed, taken in by a job, found again by its page."""

    class State(models.TextChoices):
        DRAFT = "draft", _("等待确认")
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("正在导入")
        DONE = "done", _("已完成")
        FAILED = "failed", _("没有导入")

    field_classes: ClassVar = {
        "file_name": STAFF,
        "content": PUBLIC,
        "state": STAFF,
        "error": STAFF,
        "made_by": STAFF,
        "actor_id": STAFF,
        "actor_org": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=120)
    content = models.TextField()
    edition_date = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    percent = models.PositiveSmallIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    abolished = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=60)
    actor_id = models.CharField(max_length=64)
    actor_org = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="accounts_divisionimport_at_most_all_of_it",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["done", "failed"], ended_at__isnull=False)
                | models.Q(state__in=["draft", "waiting", "running"], ended_at__isnull=True),
                name="accounts_divisionimport_ended_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.edition_date}"
