"""Background work of dispatch."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import job
from nuantu.dispatch import services
from nuantu.dispatch.models import Tip


@job(name="dispatch.find_duplicates")
def find_duplicates(tip: str) -> None:
    """Look for tips that may be about the same person."""
    row = Tip.objects.filter(public_id=UUID(tip), follows=None).first()
    if row is not None:
        services.propose_links(at=clock.now(), tip=row)
