"""A photo of somebody undressed is hidden although nobody was entered at the stop; it begins with who
may not hide it and who sees nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.patrols import services
from nuantu.patrols.models import PatrolPhoto
from tests import builders
from tests.builders import PATROL
from tests.encounters.conftest import photo
from tests.web import does_not_see, not_found_for, page_for, sees, submits

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> Any:
    with clock.frozen(PATROL):
        yield


def _taken(cast: "Cast", why: str = "") -> PatrolPhoto:
    visit, actor = builders.a_patrol_visit(cast), cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_photo(
            actor=actor, at=PATROL, visit=visit, upload=photo(), hidden_for=why
        )


def _url(name: str, taken: PatrolPhoto) -> str:
    return reverse(f"patrols:{name}", args=[taken.public_id])


@pytest.mark.slow
def test_who_only_oversees_does_not_hide_and_a_wrong_reason_is_named(cast: "Cast") -> None:
    taken = _taken(cast)
    not_found_for(cast.section_head, cast.other_patroller, cast.outsider,
                  url=_url("photo_hide", taken))  # fmt: skip
    lost = cast.patroller.browser().post(_url("photo_hide", taken), {"why": "因为"})
    assert lost.status_code == 422
    with scope.enter(scope.of_actor(cast.patroller.actor)):
        with pytest.raises(services.HidingRefused, match="没有遮盖"):
            services.show_photo(actor=cast.patroller.actor, at=PATROL, photo=taken)
        services.hide_photo(actor=cast.patroller.actor, at=PATROL, photo=taken, why="wound")
        with pytest.raises(services.HidingRefused, match="已经遮盖"):
            services.hide_photo(actor=cast.patroller.actor, at=PATROL, photo=taken, why="wound")


@pytest.mark.slow
def test_hidden_by_who_took_it_nobody_sees_it_without_a_purpose_and_the_journal_says_who(
    cast: "Cast",
) -> None:
    taken = _taken(cast)
    url, run = _url("photo", taken), reverse("patrols:run", args=[taken.visit.run.public_id])
    assert cast.leader.browser().get(url).status_code == 200
    hidden = cast.patroller.browser().post(_url("photo_hide", taken), {"why": "undressed"})
    assert hidden.headers["Location"] == run
    not_found_for(cast.leader, cast.patroller, cast.auditor, url=url)
    page = page_for(cast.leader, run)
    sees(page, "遮盖的照片", "没有穿衣服或衣不蔽体", _url("photo_reveal", taken))
    does_not_see(page, f'href="{url}"')
    does_not_see(page_for(cast.auditor, run), _url("photo_reveal", taken))

    short = cast.leader.browser().post(_url("photo_reveal", taken), {"purpose": "看"})
    assert short.status_code == 422
    not_found_for(cast.leader, url=url)
    said = {"purpose": "家属来认人，核对衣着"}
    opened = cast.leader.browser().post(_url("photo_reveal", taken), said)
    assert opened.headers["Location"] == url
    assert cast.leader.browser().get(url).status_code == 200
    not_found_for(cast.patroller, url=url)
    with clock.frozen(PATROL + timedelta(minutes=11)):
        not_found_for(cast.leader, url=url)
    with scope.system("a test reads the journal"):
        assert JournalEntry.objects.filter(verb="patrols.photo.hide").count() == 1
        assert JournalEntry.objects.get(verb="patrols.photo.reveal").basis == "家属来认人，核对衣着"


@pytest.mark.slow
def test_the_desk_shows_it_again_and_a_photo_is_hidden_as_it_is_taken(cast: "Cast") -> None:
    taken = _taken(cast, "wound")
    url = _url("photo", taken)
    not_found_for(cast.leader, url=url)
    sees(submits(cast.dispatcher, _url("photo_show", taken), {}), "已取消遮盖")
    assert cast.leader.browser().get(url).status_code == 200


def test_a_photo_that_shows_a_wound_on_an_english_page_says_so_in_english(cast: "Cast") -> None:
    taken = _taken(cast, "wound")
    run = reverse("patrols:run", args=[taken.visit.run.public_id])
    page = cast.leader.browser("en").get(run)
    sees(page, "Hidden photo", "A wound, an illness")
