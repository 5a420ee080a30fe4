"""The database itself holds the line: what a forgotten filter would not leak."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import reasons_to_see
from nuantu.core import clock, events, scope, subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.dispatch import access, services
from nuantu.dispatch.models import Dispatch, Notice, StillThere, TeamPosition, Tip, TipLink
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.dispatch.selectors.receipts import receipt_hash
from nuantu.operations.models import Team, TeamMember
from nuantu.places.selectors import layer_for
from tests import builders
from tests.cast import POLICE, Cast, Player

pytestmark = pytest.mark.django_db


def seen_by(player: Player) -> int:
    with scope.enter(scope.of_actor(player.actor)):
        return Tip.objects.count()


def test_owner_and_overseers_see_a_tip_and_nobody_else(cast: Cast) -> None:
    builders.a_tip()
    for name in ("operator", "dispatcher", "patroller", "section_head", "office", "township"):
        assert seen_by(cast[name]) == 1, name
    for name in ("other_patroller", "outsider", "hospital", "police"):
        assert seen_by(cast[name]) == 0, name
    with scope.enter(scope.NOBODY):
        assert not Tip.objects.exists()


def test_the_public_changes_and_removes_nothing(cast: Cast) -> None:
    code = builders.a_receipt()
    with scope.public(receipt_hash(code)):
        assert Tip.objects.count() == 1
        assert Tip.objects.update(state="moving") == 0
        assert Tip.objects.filter(state="new").count() == 1
        tip = Tip.objects.get()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Tip.objects.create(**{f.attname: getattr(tip, f.attname) for f in Tip._meta.fields[1:]})
    assert Tip.objects.get().state == "new"


def test_parts_are_seen_with_their_tip(cast: Cast) -> None:
    link = builders.a_link()
    tip = builders.a_tip("另一处", flags=("minor",))
    services.say_still_there(actor=cast.operator.actor, at=clock.now(), tip=tip)
    for model in (Notice, StillThere, TipLink):
        with scope.enter(scope.of_actor(cast.operator.actor)):
            assert model._default_manager.exists(), model
        with scope.enter(scope.of_actor(cast.outsider.actor)):
            assert not model._default_manager.exists(), model
    assert link.pk


def police_team(cast: Cast) -> tuple[Team, Actor]:
    """A team of the police with an officer in it, who may carry runs."""
    team = builders.a_team(cast, "巡特警一组")
    officer = cast.police.user
    assert officer is not None
    officer.roles = ["partner", "patroller"]
    officer.save()
    TeamMember.objects.create(team=team, user=officer)
    Team.objects.filter(pk=team.pk).update(organisation=Organisation.objects.get(code=POLICE))
    team.refresh_from_db()
    from nuantu.accounts.selectors import actor_for

    return team, actor_for(officer)


@pytest.mark.slow
def test_an_organisation_whose_team_was_sent_sees_the_tip_while_the_run_lives(cast: Cast) -> None:
    tip = builders.a_tip()
    team, officer = police_team(cast)
    run = services.assign(actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=team)
    with scope.enter(scope.of_actor(officer)):
        assert access.tip_for(officer, tip.public_id) == tip
        own = access.carried_run_for(officer, run.public_id)
        services.accept(actor=officer, at=clock.now(), run=own)
        services.arrive(
            actor=officer, at=clock.now(), run=own, phone=PhoneSaid(lat=26.56, lon=108.06)
        )
        services.finish(actor=officer, at=clock.now(), run=own)
        assert not Tip.objects.exists()
        assert Dispatch.objects.exists()
    tip.refresh_from_db()
    assert tip.arrived_at
    assert TeamPosition.objects.get().owner_org == POLICE


def test_every_reason_to_see_is_said(cast: Cast) -> None:
    tip = builders.a_tip()
    assert reasons_to_see(cast.operator.actor, tip, at=clock.now())
    assert reasons_to_see(cast.office.actor, tip, at=clock.now())
    assert not reasons_to_see(cast.outsider.actor, tip, at=clock.now())


def test_subjects_are_called_by_place_and_lead_to_their_page(cast: Cast) -> None:
    run = builders.a_run(cast)
    assert "三棵树镇南桥桥洞" in subjects.label(Subject("tip", run.tip.public_id))
    assert subjects.url(Subject("tip", run.tip.public_id)) == f"/tips/{run.tip.public_id}/"
    assert subjects.label(Subject("dispatch", run.public_id)) == "派遣：甲队"
    assert subjects.url(Subject("dispatch", run.public_id)) == f"/tips/{run.tip.public_id}/"


def test_the_map_shows_what_the_reader_may_see(cast: Cast) -> None:
    run = builders.a_run(cast)
    for actor, count in ((cast.dispatcher.actor, 1), (cast.outsider.actor, 0)):
        layer = layer_for(actor, "tips")
        assert layer is not None
        with scope.enter(scope.of_actor(actor)):
            assert len(list(layer.features(actor))) == count
    teams = layer_for(cast.dispatcher.actor, "teams")
    assert teams is not None
    (mark,) = teams.features(cast.dispatcher.actor)
    assert (mark.label, mark.state, mark.key) == ("甲队", "moving", str(run.team.public_id))
    assert layer_for(cast.patroller.actor, "teams") is None


def test_a_taken_tip_is_told_to_the_job_that_looks_for_duplicates() -> None:
    assert "dispatch.find_duplicates" in events.subscribers()["dispatch.tip_received"]


def test_an_old_position_is_not_believed(cast: Cast) -> None:
    from nuantu.dispatch.selectors.candidates import team_cards

    run = builders.a_run(cast)
    services.check_in(
        actor=cast.patroller.actor, at=clock.now(), run=run, phone=PhoneSaid(lat=26.6, lon=108.1)
    )
    (card,) = team_cards(run.division_code, clock.now())
    assert card.point == (26.6, 108.1)
    (later,) = team_cards(run.division_code, clock.now() + timedelta(minutes=16))
    assert later.point == (run.team.base_lat, run.team.base_lon)
