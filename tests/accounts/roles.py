"""Who may enter the pages of accounts."""

from uuid import uuid4

from django.urls import reverse

from nuantu.accounts.models import ApiToken
from nuantu.accounts.services import issue_token
from nuantu.core import clock
from nuantu.core.ids import new_id
from tests.cast import Cast
from tests.policy.roles import Row, Url, action, leads_on

OVERSIGHT = "leader station_head section_head office auditor outsider"


def _of_operator(cast: Cast) -> str:
    assert cast.operator.user is not None
    return reverse("accounts:user_state", args=[cast.operator.user.public_id])


def _token(cast: Cast) -> str:
    assert cast.admin.user is not None
    issue_token(actor=cast.admin.actor, at=clock.now(), name="接口", user=cast.admin.user)
    return reverse("accounts:token_end", args=[ApiToken.objects.get(name="接口").public_id])


def _token_to_renew(cast: Cast) -> str:
    return _token(cast).replace("/end/", "/renew/")


def _organisation(cast: Cast) -> str:
    return reverse("accounts:organisation", args=[cast.operator.account.organisation.public_id])


def _organisation_state(cast: Cast) -> str:
    return f"{_organisation(cast)}state/"


def _missing(name: str, *parts: str) -> Url:
    return lambda cast: reverse(name, args=[*parts, uuid4() if parts else new_id()])


def _missing_import(_cast: Cast) -> str:
    return reverse("accounts:division_import", args=[new_id()])


ROLES = {
    "accounts:login": Row("everybody"),
    # Only somebody who has just given the password is asked for a code; the cast has passed it.
    "accounts:code": Row("staff", absent_for="nobody taxi_driver"),
    "accounts:set_up_code": Row("staff", absent_for="nobody taxi_driver"),
    "accounts:code_picture": Row("", absent_for="everybody"),
    "accounts:logout": leads_on("everybody"),
    "accounts:account": Row("staff"),
    "accounts:matrix": Row("staff"),
    "accounts:users": Row("admin"),
    "accounts:user_state": action("admin", at=_of_operator, state="closed"),
    "accounts:tokens": Row("admin"),
    "accounts:divisions": Row("admin"),
    "accounts:division_import": Row("", absent_for="admin", at=_missing_import),
    "accounts:organisations": Row("admin"),
    "accounts:organisation_new": Row("admin"),
    "accounts:organisation": Row("admin", at=_organisation),
    "accounts:organisation_state": action("admin", at=_organisation_state),
    "accounts:token_renew": action("admin", at=_token_to_renew),
    "accounts:token_end": action("admin", at=_token),
    "accounts:channels": Row("admin"),
    "accounts:channel_end": action("", absent_for="admin", at=_missing("accounts:channel_end")),
    # What nobody may see has no list of lookers either.
    "accounts:looks": Row("", absent_for=OVERSIGHT, at=_missing("accounts:looks", "tip")),
    "accounts:why": Row("", absent_for="staff", at=_missing("accounts:why", "tip")),
}
