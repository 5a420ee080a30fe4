"""The HTTP interface: every package's router under one versioned contract."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from nuantu import __version__
from nuantu.accounts.access import token_actor
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.api import open311 as georeport
from nuantu.dispatch.api import router as dispatch
from nuantu.operations.api import router as operations
from nuantu.warnings.api import router as warnings


class ReadableJSON(JSONRenderer):
    """Chinese stays Chinese in the answer."""

    json_dumps_params = {"ensure_ascii": False}


class Token(HttpBearer):
    """`Authorization: Bearer nt_…`; the request then works in the scope of the token's actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = token_actor(token)
        if actor is not None:
            vars(request)["actor"] = actor
            scope.become(scope.of_actor(actor))
        return actor


api = NinjaAPI(
    title="Nuantu 暖途",
    version="1",
    description=f"Seasonal relief operations. Release {__version__}.",
    auth=Token(),
    urls_namespace="api",
    renderer=ReadableJSON(),
    openapi_url="/openapi.json",
    docs_url="/docs",
)
api.add_router("", dispatch)
api.add_router("", warnings)
api.add_router("", operations)


@api.exception_handler(Refusal)
def refusal(request: HttpRequest, error: Any) -> HttpResponse:
    """What cannot be done comes back as 422 with the sentence and the field to mend."""
    return api.create_response(
        request,
        {"detail": [{"loc": ["body", error.field or ""], "msg": str(error), "type": "refused"}]},
        status=422,
    )


# GeoReport v2 has addresses and shapes of its own, so it is a contract beside ours.
open311 = NinjaAPI(
    title="Nuantu Open311 GeoReport",
    version="2",
    urls_namespace="open311",
    openapi_url="/openapi.json",
    docs_url=None,
)
open311.add_router("", georeport)
