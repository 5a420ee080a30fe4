"""Migrating from nothing in a quarter of the time: a model is made anew only where its fields change.

Django makes a model and all its relatives anew after each operation that touches it, twelve thousand
times for our tables. A constraint or an index changes nothing but a list of its model, and a new
model nothing of those that it points to: they learn of it as they do when a program starts.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.sql import Query


class KnowingState(ProjectState):
    """The state of the models between two operations, with as few of them made anew as there can be."""

    @classmethod
    def of(cls, state: ProjectState) -> "KnowingState":
        """The same models, in a state that knows."""
        own = cls(models=state.models, real_apps=state.real_apps)
        own.__dict__.update(state.__dict__)
        return own

    def clone(self) -> "KnowingState":
        """A copy that knows as much."""
        return self.of(super().clone())

    def add_model(self, model_state: ModelState) -> None:
        """Make the new model, and leave those that it points to as they are."""
        made = self.__dict__.pop("apps", None)
        super().add_model(model_state)
        if made is not None:
            self.__dict__["apps"] = made
            made.render_multiple([model_state])

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        listed = self.models[app_label, model_name].options
        listed[option_name] = [*listed[option_name], obj]
        self._tell(app_label, model_name, option_name)

    def _remove_option(
        self, app_label: str, model_name: str, option_name: str, obj_name: str
    ) -> None:
        listed = self.models[app_label, model_name].options
        listed[option_name] = [one for one in listed[option_name] if one.name != obj_name]
        self._tell(app_label, model_name, option_name)

    def _tell(self, app_label: str, model_name: str, option_name: str) -> None:
        """Give the model its list, where it was made already."""
        if "apps" in self.__dict__:
            model = self.apps.get_model(app_label, model_name)
            listed = self.models[app_label, model_name].options[option_name]
            setattr(Query(model).get_meta(), option_name, list(listed))


class KnowingExecutor(MigrationExecutor):
    """Django's executor on a `KnowingState`."""

    def migrate(
        self,
        targets: Sequence[tuple[str, str | None]] | None,
        plan: Sequence[tuple[Migration, bool]] | None = None,
        state: ProjectState | None = None,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """Migrate as Django does; it begins from `state`, which its command always gives."""
        return super().migrate(targets, plan, self.known(state, plan or ()), fake, fake_initial)

    def known(
        self, state: ProjectState | None, plan: Sequence[tuple[Migration, bool]]
    ) -> ProjectState | None:
        """The state to begin from. On the way back Django keeps many side by side, each its own."""
        is_forward = not any(is_backwards for _migration, is_backwards in plan)
        return KnowingState.of(state) if state is not None and is_forward else state
