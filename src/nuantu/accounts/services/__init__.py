"""What a person can make happen with accounts."""

from nuantu.accounts.services.grants import close_grants, end_grants, give_grant, make_grant
from nuantu.accounts.services.organisations import (
    OrganisationRefused,
    add_organisation,
    change_organisation,
    set_organisation_active,
)
from nuantu.accounts.services.sessions import (
    LogInRefused,
    check_code,
    check_password,
    confirm_password,
    confirm_second_factor,
)
from nuantu.accounts.services.tokens import TokenRefused, issue_token, renew_token, revoke_token
from nuantu.accounts.services.users import change_password, make_user, set_active

__all__ = [
    "LogInRefused",
    "OrganisationRefused",
    "TokenRefused",
    "add_organisation",
    "change_organisation",
    "change_password",
    "check_code",
    "check_password",
    "close_grants",
    "confirm_password",
    "confirm_second_factor",
    "end_grants",
    "give_grant",
    "issue_token",
    "make_grant",
    "make_user",
    "renew_token",
    "revoke_token",
    "set_active",
    "set_organisation_active",
]
