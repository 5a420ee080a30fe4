"""Papers of the demo's station: registrations and lists of things issued, one of them signed."""

from base64 import b64encode
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.papers import services as papers
from nuantu.papers.models import Paper
from nuantu.stays.models import Reception
from nuantu.stays.services.notices import issue_notice

ISSUED = 4


def load(*, at: datetime, actor: Actor) -> None:
    """The last admitted get their registration, whoever handed things in the list of them."""
    rows = Reception.objects.filter(owner_org=actor.org_code, state=Reception.State.ADMITTED)
    with scope.enter(scope.of_actor(actor)):
        found = list(rows.select_related("person").order_by("-asked_at")[:ISSUED])
    for number, row in enumerate(found):
        paper = _issue(actor, row, "help_registration", row.asked_at + timedelta(minutes=20))
        if number == 0:
            _sign(actor, paper, row.asked_at + timedelta(minutes=25))
        with scope.enter(scope.of_actor(actor)):
            has_things = row.belongings.exists()
        if has_things:
            _issue(actor, row, "belongings", row.asked_at + timedelta(minutes=22))


def _issue(actor: Actor, row: Reception, code: str, at: datetime) -> Paper:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        return issue_notice(actor=actor, at=at, code=code, about=row)


def _sign(actor: Actor, paper: Paper, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        papers.sign_on_screen(
            actor=actor,
            at=at,
            paper=paper,
            slot="person_signature",
            drawn=_drawn(),
            version=paper.version,
        )


def _drawn() -> str:
    """A stroke, as a browser sends it."""
    canvas = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    points = [(20, 70), (60, 30), (90, 75), (130, 25), (170, 70), (280, 45)]
    ImageDraw.Draw(canvas).line(points, fill="black", width=5)
    stream = BytesIO()
    canvas.save(stream, "PNG")
    return "data:image/png;base64," + b64encode(stream.getvalue()).decode()
