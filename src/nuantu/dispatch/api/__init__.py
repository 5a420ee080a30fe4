"""HTTP interface of dispatch: tips and runs under /api/v1, Open311 GeoReport under /open311/v2."""

from ninja import Router

from nuantu.dispatch.api.open311 import router as open311
from nuantu.dispatch.api.runs import router as runs
from nuantu.dispatch.api.tips import router as tips

router = Router(tags=["dispatch"])
for part in (tips, runs):
    router.add_router("", part)

__all__ = ["open311", "router"]
