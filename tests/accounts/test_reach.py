"""An administrator manages his own place and what lies below it, and nobody else's."""

import pytest
from django.urls import reverse

from nuantu.accounts import services
from nuantu.accounts.models import Organisation, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock
from tests.cast import BUREAU, OTHER_STATION, STATION, Cast, Player
from tests.web import not_found_for, page_for, sees

pytestmark = pytest.mark.django_db


def _of_county(cast: Cast) -> Player:
    user = services.make_user(
        actor=cast.admin.actor,
        at=clock.now(),
        login="county-admin",
        name="县管理",
        password="qiao-xue-5226",
        organisation=Organisation.objects.get(code=BUREAU),
        roles=["admin"],
    )
    return Player("county_admin", user.name, actor_for(user), user)


@pytest.mark.slow
def test_the_administrator_of_a_county_neither_closes_nor_opens_accounts_elsewhere(
    cast: Cast,
) -> None:
    admin = _of_county(cast)
    for far in (cast.other_patroller, cast.office, cast.admin):
        user = far.account
        not_found_for(
            admin, url=reverse("accounts:user_state", args=[user.public_id]), data={"state": "x"}
        )
        not_found_for(
            admin, url=reverse("accounts:organisation", args=[user.organisation.public_id])
        )
    new = {"login": "spy", "name": "外县站长", "roles": ["station_head"], "password": "qiao-xue-1"}
    assert admin.browser().post("/users/", new | {"organisation": OTHER_STATION}).status_code == 422
    assert not User.objects.filter(login="spy").exists()
    assert admin.browser().post("/users/", new | {"organisation": STATION}).status_code == 302
    users = page_for(admin, "/users/").content.decode()
    assert (cast.carer.name in users, cast.other_patroller.name in users) == (True, False)


def test_an_organisation_is_not_moved_to_a_place_that_is_not_managed(cast: Cast) -> None:
    admin = _of_county(cast)
    own = reverse("accounts:organisation", args=[cast.carer.account.organisation.public_id])
    told = {"name": "凯里市救助管理站", "kind": "station", "division": "522622", "hours": ""}
    answer = admin.browser().post(own, told)
    assert answer.status_code == 422
    sees(answer, "不在你管理的范围内")
