"""HTTP interface of dispatch: tips and runs under /api/v1, Open311 GeoReport under /open311/v2."""

from ninja import Router

router = Router(tags=["dispatch"])

__all__ = ["router"]
