"""HTTP interface of warnings."""

from ninja import Router

router = Router(tags=["warnings"])
