"""The dispatch board: lanes, one selection shared with the map, candidates, teams."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.dispatch import access
from nuantu.dispatch.forms import actions
from nuantu.dispatch.forms.filters import BoardFilter
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.ranking import is_nobody_free
from nuantu.dispatch.selectors import board as boards
from nuantu.dispatch.selectors import candidates as teams
from nuantu.dispatch.selectors import duplicates, tips
from nuantu.dispatch.selectors.areas import map_centre
from nuantu.dispatch.selectors.rulings import guidance_ruling
from nuantu.dispatch.selectors.runs import runs_of
from nuantu.dispatch.views.deeds import Failure
from nuantu.operations.rules.places import county_of


@staff_page(access.BOARD)
def board(request: StaffRequest) -> HttpResponse:
    """Lanes, team strip and the selected tip; htmx asks for the living part alone."""
    chosen = _chosen(request)
    return render(
        request,
        "dispatch/board.html",
        board_context(request, chosen),
        fragment="dispatch/_board.html",
    )


@staff_page(access.BOARD)
def panel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The selected tip beside the lanes."""
    chosen = access.tip_for(request.actor, public_id)
    if not request.htmx:
        return render(request, "dispatch/board.html", board_context(request, chosen))
    return render(request, "dispatch/_panel.html", panel_context(request, chosen))


def _chosen(request: StaffRequest) -> Tip | None:
    try:
        public_id = UUID(request.GET.get("tip", ""))
    except ValueError:
        return None
    return access.tip_for(request.actor, public_id)


def board_context(
    request: StaffRequest, chosen: Tip | None, failure: Failure | None = None
) -> dict[str, Any]:
    """What the board shows; without a selection the panel says how to select."""
    form = BoardFilter(request.GET)
    at = clock.now()
    found = tips.tip_list(form.wanted(), at).order_by()
    cards = teams.team_cards(request.actor.division_code, at)
    return {
        "form": form,
        "lanes": boards.lanes(found, at),
        "figures": boards.figures(request.actor, Tip.objects.order_by(), at),
        "team_cards": cards,
        "chosen": chosen,
        "centre": map_centre(request.actor.division_code, chosen.point if chosen else None),
        "query": request.GET.urlencode(),
        "filtered": form.query(),
        **(panel_context(request, chosen, failure, strip=cards) if chosen else {}),
    }


def panel_context(
    request: StaffRequest,
    chosen: Tip,
    failure: Failure | None = None,
    *,
    strip: list[teams.TeamCard] | None = None,
) -> dict[str, Any]:
    """The selected tip: its card, its teams, who could go, who could help first.

    `strip` are the teams of the reader's county, when the page shows them already.
    """
    (card,) = boards.tip_cards([chosen], clock.now())
    return {
        "tip": chosen,
        "card": card,
        "decides": access.answers_for(request.actor, chosen),
        "runs": runs_of(chosen.pk),
        "links": duplicates.links_of(chosen).filter(state="proposed"),
        "failure": failure,
        "back": f"{reverse('dispatch:board')}?tip={chosen.public_id}",
        **_help_context(request, chosen, failure, strip),
    }


def _help_context(
    request: StaffRequest,
    chosen: Tip,
    failure: Failure | None,
    strip: list[teams.TeamCard] | None,
) -> dict[str, Any]:
    at = clock.now()
    is_near = county_of(chosen.division_code) == county_of(request.actor.division_code)
    cards = strip if strip is not None and is_near else None
    ranked = teams.candidates(chosen, cards or teams.team_cards(chosen.division_code, at), at)
    ruling = guidance_ruling(chosen.division_code, at)
    is_asked = failure is not None and failure.deed == "guide"
    return {
        "candidates": ranked,
        "is_nobody_free": chosen.state == Tip.State.NEW and is_nobody_free(ranked),
        "offers": teams.point_offers(chosen, at),
        "guidance_basis": ruling.source if ruling else "",
        "guidances": chosen.guidances.order_by("-asked_at"),
        "guide_form": failure.form if failure and is_asked else actions.GuidanceForm(),
    }


def board_again(request: StaffRequest, row: Any, failure: Failure) -> HttpResponse:
    """The board after a refusal, with the sentence in the panel of the tip it concerns."""
    chosen = row if isinstance(row, Tip) else row.tip
    return refused(request, "dispatch/board.html", board_context(request, chosen, failure))
