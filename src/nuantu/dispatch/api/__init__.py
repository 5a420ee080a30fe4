"""HTTP interface of dispatch: tips and runs under /api/v1, Open311 GeoReport under /open311/v2."""

from ninja import Router

from nuantu.dispatch.api import (
    tips,  # puts its endpoints on the router of receipts: one path, one router
)
from nuantu.dispatch.api.open311 import router as open311
from nuantu.dispatch.api.receipts import router as receipts
from nuantu.dispatch.api.runs import router as runs

router = Router(tags=["dispatch"])
for part in (receipts, runs):
    router.add_router("", part)

__all__ = ["open311", "router", "tips"]
