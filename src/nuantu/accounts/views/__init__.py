"""Pages of accounts."""

from nuantu.accounts.views.division_imports import division_import, divisions
from nuantu.accounts.views.entering import (
    account,
    code,
    code_picture,
    log_in,
    log_in_to_send,
    log_out,
    set_up_code,
)
from nuantu.accounts.views.managing import (
    channel_end,
    channels,
    token_end,
    token_renew,
    tokens,
    user_state,
    users,
)
from nuantu.accounts.views.organisations import (
    organisation,
    organisation_new,
    organisation_state,
    organisations,
)
from nuantu.accounts.views.reading import looks, matrix, why

__all__ = [
    "account",
    "channel_end",
    "channels",
    "code",
    "code_picture",
    "division_import",
    "divisions",
    "log_in",
    "log_in_to_send",
    "log_out",
    "looks",
    "matrix",
    "organisation",
    "organisation_new",
    "organisation_state",
    "organisations",
    "set_up_code",
    "token_end",
    "token_renew",
    "tokens",
    "user_state",
    "users",
    "why",
]
