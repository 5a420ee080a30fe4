"""Migrating makes few models anew, and ends where Django's own way ends."""

import pytest
from django.core.management import get_commands
from django.db import connection, models
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RemoveConstraint,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.sql import Query

from nuantu.core.migrating import KnowingExecutor, KnowingState


def _beds() -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(beds__gt=0), name="zone_has_beds")


def _operations() -> list[Operation]:
    key = models.BigAutoField(primary_key=True)
    zone: models.ForeignKey[models.Model, models.Model] = models.ForeignKey(
        "stays.Zone", models.CASCADE, related_name="beds_of"
    )
    return [
        CreateModel("Zone", [("id", key), ("beds", models.IntegerField())]),
        CreateModel("Bed", [("id", key.clone()), ("zone", zone)]),
        AddConstraint("Zone", _beds()),
        AddIndex("Bed", models.Index(fields=["zone"], name="bed_by_zone")),
        AddField("Zone", "name", models.CharField(max_length=20, default="")),
        AddConstraint("Bed", models.UniqueConstraint(fields=["zone"], name="bed_alone")),
        RemoveConstraint("Zone", "zone_has_beds"),
    ]


def _ended(state: ProjectState) -> ProjectState:
    state.apps.clear_cache()  # made before the first operation, as the command makes it
    for operation in _operations():
        state.clone()
        operation.state_forwards("stays", state)
    return state


def test_it_ends_where_django_ends() -> None:
    ours, theirs = _ended(KnowingState().clone()), _ended(ProjectState())
    assert isinstance(ours, KnowingState), "a copy knows as much"
    assert ours == theirs
    for name in ("Zone", "Bed"):
        own, other = (Query(one.apps.get_model("stays", name)).get_meta() for one in (ours, theirs))
        assert own.constraints == other.constraints
        assert own.indexes == other.indexes
        assert [f.name for f in own.get_fields()] == [f.name for f in other.get_fields()]


def test_a_model_that_is_pointed_to_is_not_made_anew() -> None:
    state = KnowingState()
    state.apps.clear_cache()
    zone, bed, limit, index, *_more = _operations()
    zone.state_forwards("stays", state)
    made = state.apps.get_model("stays", "Zone")
    for operation in (bed, limit, index):
        operation.state_forwards("stays", state)
    assert state.apps.get_model("stays", "Zone") is made
    assert Query(made).get_meta().constraints == [_beds()]
    assert [one.name for one in Query(made).get_meta().related_objects] == ["beds_of"]


@pytest.mark.django_db
def test_the_command_of_every_day_goes_this_way() -> None:
    assert get_commands()["migrate"] == "nuantu.core"
    executor = KnowingExecutor(connection)
    assert isinstance(executor.migrate([], [], ProjectState()), KnowingState)
    back = [(executor.loader.disk_migrations["core", "0001_ground"], True)]
    assert not isinstance(executor.known(ProjectState(), back), KnowingState), "backwards"
