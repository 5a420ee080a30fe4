"""The HTTP interface: every package's router under one versioned contract."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from nuantu import __version__
from nuantu.accounts.access import NotWithThisToken, token_actor
from nuantu.accounts.selectors import matrix
from nuantu.config import api_errors
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.api import open311 as georeport
from nuantu.dispatch.api import router as dispatch
from nuantu.operations.api import router as operations
from nuantu.planbook import complaints
from nuantu.warnings.api import router as warnings


class ReadableJSON(JSONRenderer):
    """Chinese stays Chinese in the answer."""

    json_dumps_params = {"ensure_ascii": False}


class Token(HttpBearer):
    """`Authorization: Bearer nt_…`; the request then works in the scope of the token's actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = token_actor(token, request)
        vars(request)["actor"] = actor
        scope.become(scope.of_actor(actor))
        return actor


class Interface(NinjaAPI):
    """Its contract names the errors too."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The contract, with the errors that each operation may answer."""
        return api_errors.declared(super().get_openapi_schema(**options))


api = Interface(
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


@api.exception_handler(ValidationError)
def of_another_shape(request: HttpRequest, error: Any) -> HttpResponse:
    """A value of another type than the contract says: 422 in the language asked for."""
    is_english = get_language() == "en"
    found = [
        item if is_english else item | {"msg": complaints.in_chinese(item, str(item["msg"]))}
        for item in error.errors
    ]
    return api.create_response(request, {"detail": found}, status=422)


@api.exception_handler(NotWithThisToken)
def not_with_this_token(request: HttpRequest, error: Any) -> HttpResponse:
    """An unknown, ended or too narrow token: what to do, in the language asked for."""
    return _no_entry(request, error.status, {"detail": str(error), "code": error.code})


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: Any) -> HttpResponse:
    """No token where one is needed."""
    words = _("请在 Authorization 请求头里带上接口令牌：Bearer nt_…")
    return _no_entry(request, 401, {"detail": words, "code": "token_missing"})


@api.exception_handler(HttpError)
def no_permission(request: HttpRequest, error: Any) -> HttpResponse:
    """A 403 names the permission that the token's account lacks; other errors say what they say."""
    if error.status_code == 400:
        words = _("请求正文读不懂：应是 UTF-8 编码的 JSON。")
        return api.create_response(request, {"detail": words}, status=400)
    known = matrix().permissions.get(str(error))
    if error.status_code != 403 or known is None:
        return api.create_response(request, {"detail": str(error)}, status=error.status_code)
    what = known.en if get_language() == "en" else known.zh
    words = _("这个令牌所代表的账号没有这项权限：%(what)s。") % {"what": what}
    body = {"detail": words, "code": "no_permission", "permission": known.code}
    return _no_entry(request, 403, body)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    """The same for what is absent and for what is somebody else's."""
    words = _("没有找到，或者不属于这个令牌的单位。")
    return api.create_response(request, {"detail": words, "code": "not_found"}, status=404)


def _no_entry(request: HttpRequest, status: int, body: dict[str, str]) -> HttpResponse:
    response = api.create_response(request, body, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="nuantu"'
    return response


# GeoReport v2 has addresses and shapes of its own, so it is a contract beside ours.
open311 = NinjaAPI(
    title="Nuantu Open311 GeoReport",
    version="2",
    urls_namespace="open311",
    openapi_url="/openapi.json",
    docs_url=None,
)
open311.add_router("", georeport)
