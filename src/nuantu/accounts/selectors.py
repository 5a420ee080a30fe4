"""Reads about organisations, divisions and the matrix."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from nuantu.accounts.models import (
    ApiToken,
    Delivery,
    Division,
    DivisionImport,
    Grant,
    NotificationChannel,
    Organisation,
    User,
)
from nuantu.accounts.rules import matrix as matrix_rules
from nuantu.accounts.rules import scopes
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.reference import remembered


@cache
def matrix() -> matrix_rules.Matrix:
    """The permission matrix of this installation."""
    return matrix_rules.read(files("nuantu.accounts").joinpath("matrix.yaml").read_text("utf-8"))


def organisation(code: str) -> Organisation:
    """One organisation by its code. Raises Organisation.DoesNotExist."""
    return Organisation.objects.select_related("division").get(code=code)


def _of_kind(kind: str, division_code: str) -> Organisation | None:
    """The organisation of a kind for a place: its county's, else its prefecture's."""
    place = division_code[:6]
    return remembered("organisations", (kind, place), lambda: _look_up(kind, place))


def _look_up(kind: str, place: str) -> Organisation | None:
    for length in (6, 4):
        code = place[:length].ljust(12, "0")
        found = (
            Organisation.objects.select_related("division")
            .filter(kind=kind, division_id=code, is_active=True)
            .order_by("code")
            .first()
        )
        if found:
            return found
    return None


def bureau_of(division_code: str) -> Organisation | None:
    """The civil affairs bureau that answers for a place (属地管理)."""
    return _of_kind(Organisation.Kind.BUREAU, division_code)


def station_of(division_code: str) -> Organisation | None:
    """The rescue station responsible for a place: the county's, else the prefecture's (P1-77)."""
    return _of_kind(Organisation.Kind.STATION, division_code)


def office_of(division_code: str) -> Organisation | None:
    """The joint-meeting office above a place."""
    return _of_kind(Organisation.Kind.OFFICE, division_code)


def police_of(division_code: str) -> Organisation | None:
    """The police of a place: the county's, else the prefecture's."""
    return _of_kind(Organisation.Kind.POLICE, division_code)


def orgs_in(prefix: str, kind: str | None = None) -> QuerySet[Organisation]:
    """Active organisations whose division begins with the prefix, by code."""
    found = Organisation.objects.select_related("division").filter(
        division__code__startswith=prefix, is_active=True
    )
    return (found.filter(kind=kind) if kind else found).order_by("code")


def division(code: str) -> Division:
    """One place by its 12 digits; shorter codes are filled up with zeros. Raises DoesNotExist."""
    return Division.objects.select_related("parent").get(code=code.ljust(12, "0"))


def organisations(wanted: Mapping[str, Any], reach: str) -> QuerySet[Organisation]:
    """Organisations of a place, closed ones last; filtered by words (name, code, place) and kind."""
    found = (
        Organisation.objects.filter(division__code__startswith=reach)
        .select_related("division", "parent")
        .order_by("-is_active", "division_id", "code")
    )
    words = wanted.get("q", "")
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(code__icontains=words)
            | Q(division__full_name__icontains=words)
        )
    return found.filter(kind=wanted["kind"]) if wanted.get("kind") else found


def divisions_called(text: str) -> list[Division]:
    """Places in force that a code or a name means; a name may mean several (at most six)."""
    known = Division.objects.filter(valid_to=None)
    if text.isascii() and text.isdigit():
        return list(known.filter(code=text.ljust(12, "0")))
    exact = list(known.filter(full_name=text)) or list(known.filter(name=text)[:6])
    return exact or list(known.filter(full_name__endswith=text)[:6])


def division_imports() -> QuerySet[DivisionImport]:
    """The latest uploaded tables, without their content."""
    return DivisionImport.objects.defer("content").order_by("-made_at")[:50]


def admins_beyond(reach: str) -> list[str]:
    """The organisations of administrators outside a reach; with any there, somebody else's places
    would change with the table of divisions, which is one for all."""
    rows = User.objects.filter(is_active=True, roles__contains=["admin"]).exclude(
        organisation__division__code__startswith=reach
    )
    return sorted(set(rows.values_list("organisation__name", flat=True)))


def place_name(code: str) -> str:
    """The name of a place by its 12 digits; the code where nobody knows it."""
    return Division.objects.filter(code=code).values_list("name", flat=True).first() or code


def organisation_name(code: str) -> str:
    """The name of an organisation; the code where nobody knows it."""
    return Organisation.objects.filter(code=code).values_list("name", flat=True).first() or code


def organisation_names() -> dict[str, str]:
    """The name of every organisation by its code, closed ones too."""
    return dict(Organisation.objects.values_list("code", "name"))


def counties(prefix: str) -> QuerySet[Division]:
    """County-level places of a prefix that are valid today, by code."""
    return Division.objects.filter(
        level=Division.Level.COUNTY, code__startswith=prefix, valid_to=None
    ).order_by("code")


def actor_for(user: User) -> Actor:
    """The actor a user is: organisation, overseen prefix and permissions by the matrix."""
    table = matrix()
    place = user.organisation.division
    return Actor(
        public_id=str(user.public_id),
        name=user.name,
        org_code=user.organisation_id,
        org_name=user.organisation.name,
        division_code=place.code,
        prefix=place.prefix if table.oversees(user.roles) else "",
        permissions=table.permissions_of(user.roles),
    )


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One permission as a line of the page: who may, in the order of the roles."""

    permission: matrix_rules.Permission
    may: tuple[bool, ...]


def matrix_table() -> list[MatrixRow]:
    """The matrix as lines."""
    table = matrix()
    return [
        MatrixRow(permission, tuple(role in permission.roles for role in table.roles))
        for permission in table.permissions.values()
    ]


def users(words: str, reach: str) -> QuerySet[User]:
    """Accounts of a place whose login, name or organisation has the words; all of them for none."""
    found = (
        User.objects.filter(organisation__division__code__startswith=reach)
        .select_related("organisation")
        .order_by("-is_active", "organisation_id", "login")
    )
    if words:
        found = found.filter(
            Q(login__icontains=words)
            | Q(name__icontains=words)
            | Q(organisation__name__icontains=words)
        )
    return found[:300]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token as the list shows it; `days_left` is -1 once it has ended."""

    token: ApiToken
    days_left: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.token, name)

    @property
    def last_day(self) -> date:
        """The last day on which it works."""
        return clock.local(self.token.expires_at - timedelta(seconds=1)).date()


def tokens(at: datetime, reach: str) -> list[TokenRow]:
    """API tokens of a place, living first, the one that ends first on top."""
    found = (
        ApiToken.objects.filter(user__organisation__division__code__startswith=reach)
        .select_related("user__organisation")
        .order_by(F("revoked_at").desc(nulls_first=True), "expires_at", "-made_at")
    )
    return [TokenRow(one, scopes.days_left(expires_at=one.expires_at, at=at)) for one in found]


def channels(reach: str) -> QuerySet[NotificationChannel]:
    """Notification channels of a place, living first."""
    found = NotificationChannel.objects.filter(organisation__division__code__startswith=reach)
    return found.select_related("organisation").order_by("ended_at", "-made_at")


def deliveries(reach: str) -> QuerySet[Delivery]:
    """The latest messages of a place; what did not arrive comes first."""
    order = Case(When(state=Delivery.State.FAILED, then=0), default=1)
    found = Delivery.objects.filter(channel__organisation__division__code__startswith=reach)
    return found.select_related("channel").order_by(order, "-made_at")[:100]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that opens a row, with what it rests on."""

    rule: str
    detail: str


def reasons_to_see(actor: Actor, row: Any, *, at: datetime) -> list[Reason]:
    """Which of the three rules of row-level security open this row to the actor, in words.

    The same three as the policy in the database: owner, overseen division, live grant.
    """
    reasons = []
    if row.owner_org == actor.org_code:
        reasons.append(Reason(_("本单位持有"), actor.org_name))
    if actor.prefix and row.division_code.startswith(actor.prefix):
        reasons.append(Reason(_("角色监督本辖区"), place_name(actor.prefix.ljust(12, "0"))))
    for grant in Grant.objects.filter(
        organisation_id=actor.org_code,
        case_id__in=[row.case_id or row.public_id, row.public_id],
        ended_at=None,
        since__lte=at,
        until__gt=at,
    ):
        until = clock.local(grant.until)
        rule = _("本案授权") if grant.case_id == row.case_id else _("持有单位授权")
        reasons.append(Reason(rule, f"{grant.purpose} · {until:%Y-%m-%d %H:%M}"))
    return reasons
