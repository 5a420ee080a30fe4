"""Permissions, addresses, the HTTP contract."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI

from nuantu.accounts.selectors import matrix
from nuantu.config.api import api
from nuantu.config.api import open311 as georeport
from tools.reference_pages.text import first_sentence, page, table

INTERFACES = {"api:", "open311:"}


@dataclass(frozen=True)
class Address:
    """One URL of the site."""

    name: str
    route: str
    permission: str | None
    text: str
    is_api: bool


def _plain(route: str) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).replace("^", "").replace("$", "")


def _walk(patterns: list[Any], prefix: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or ""
            yield from _walk(pattern.url_patterns, route, f"{space}{inner}:" if inner else space)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Address(
                f"{space}{pattern.name or ''}",
                _plain(route),
                getattr(view, "permission", None),
                first_sentence(view.__doc__),
                space in INTERFACES,
            )


def all_addresses() -> list[Address]:
    """Every URL, in the order in which Django tries them."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def permissions() -> str:
    """permissions.md."""
    found = matrix()
    parts = [
        "## Roles\n",
        table(
            ["role", "中文", "English", "sees the whole division below"],
            [
                (f"`{r.code}`", r.zh, r.en, "yes" if r.oversees else "")
                for r in found.roles.values()
            ],
        ),
        "## Permissions\n",
        table(
            ["permission", "中文", "English", *(f"`{code}`" for code in found.roles)],
            [
                (
                    f"`{p.code}`",
                    p.zh,
                    p.en,
                    *("●" if role in p.roles else "" for role in found.roles),
                )
                for p in found.permissions.values()
            ],
        ),
    ]
    return page(
        "Roles and permissions",
        "The matrix that src/nuantu/accounts/matrix.yaml holds and the page /matrix/ shows. Which rows a"
        " person sees is a second question: his organisation's own, with an overseeing role those of the"
        " division below, and the cases that were granted.",
        *parts,
    )


def addresses() -> str:
    """addresses.md."""
    rows = [
        (
            f"`{address.route}`",
            f"`{address.name}`",
            "everybody"
            if address.permission == ""
            else f"`{address.permission}`"
            if address.permission
            else "",
            address.text,
        )
        for address in all_addresses()
        if not address.is_api
    ]
    return page(
        "Addresses",
        "Every page and form with the permission it asks for. The HTTP interfaces are described"
        " in [openapi.json](openapi.json) and [open311.json](open311.json).",
        table(["address", "name", "permission", "what it shows or does"], rows),
    )


def openapi() -> str:
    """openapi.json, as `GET /api/v1/openapi.json` answers it."""
    return _contract(api)


def open311() -> str:
    """open311.json: the GeoReport endpoints, as `GET /open311/v2/openapi.json` answers them."""
    return _contract(georeport)


def _contract(interface: NinjaAPI) -> str:
    return (
        json.dumps(interface.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"
    )
