"""Who approves is an account: two people of one name may, one person under two spellings may not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from nuantu.accounts.models import User
from nuantu.core import scope
from nuantu.stays import services
from nuantu.stays.models import BedStay, Ending
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_zone, an_ending, beds_of

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _answer(actor: Any, ending: Ending) -> Ending:
    return services.answer_ending(actor=actor, at=NIGHT, ending=ending, is_approved=True)


def test_one_account_under_two_spellings_does_not_approve_its_own_request(
    cast: Cast, as_: As
) -> None:
    ending = an_ending(cast)
    renamed = replace(cast.reception.actor, name="另一种写法")
    with as_(cast.reception):
        with pytest.raises(services.EndingRefused, match="不能自己批准"):
            _answer(renamed, ending)
        with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
            Ending.objects.update(
                state="approved",
                decided_at=NIGHT,
                decided_by=renamed.name,
                decided_by_id=renamed.account_id,
            )


def test_two_people_of_one_name_are_two(cast: Cast, as_: As) -> None:
    namesake = replace(cast.leader.actor, name=cast.reception.actor.name)
    with as_(cast.leader):
        row = _answer(namesake, an_ending(cast))
        assert (row.state, row.asked_by) == ("approved", row.decided_by)
        assert row.asked_by_id != row.decided_by_id


def test_whoever_gave_a_bed_by_phone_does_not_confirm_it_under_another_spelling(
    cast: Cast, as_: As
) -> None:
    zone = a_zone(cast, "女区", "female", "adult")
    with as_(cast.reception):
        actor = cast.reception.actor
        mother = a_stay(cast, sex="female", years=30)
        child = a_stay(cast, years=4, with_stay=mother)
        beds = beds_of(zone)
        services.give_bed(actor=actor, at=NIGHT, stay=mother, bed=beds[0])
        by_phone = services.Exemption("夜里没有家庭房", "石站长", is_by_phone=True)
        services.give_bed(actor=actor, at=NIGHT, stay=child, bed=beds[1], exemption=by_phone)
        with pytest.raises(services.BedRefused, match="不能自己确认"):
            services.approve_exception(
                actor=replace(actor, name="另一种写法"), at=NIGHT, stay=child
            )
    with as_(cast.station_head):
        namesake = replace(cast.station_head.actor, name=actor.name)
        row = services.approve_exception(
            actor=namesake, at=NIGHT + timedelta(minutes=1), stay=child
        )
        assert not row.is_approved_by_phone


def test_rows_from_before_get_the_one_account_of_the_name_and_nobody_else_is_guessed(
    cast: Cast, as_: As
) -> None:
    ending = an_ending(cast)
    with scope.system("the migration runs"):
        user = cast.reception.user
        assert user is not None
        ending.asked_by_id = None
        ending.save()
        BedStay.objects.update(given_by_id=None, given_by="没有这个人")
        import_module("nuantu.stays.migrations.0026_approvers_matched").match(
            None, SimpleNamespace(connection=connection)
        )
        ending.refresh_from_db()
        assert ending.asked_by_id == user.public_id
        assert BedStay.objects.get().given_by_id is None
        User.objects.create(
            login="double", name=user.name, organisation_id=STATION, roles=["carer"]
        )
        Ending.objects.update(asked_by_id=None)
        import_module("nuantu.stays.migrations.0026_approvers_matched").match(
            None, SimpleNamespace(connection=connection)
        )
        ending.refresh_from_db()
        assert ending.asked_by_id is None
    with as_(cast.reception), pytest.raises(services.EndingRefused, match="不能自己批准"):
        _answer(cast.reception.actor, ending)
