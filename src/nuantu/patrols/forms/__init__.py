"""Forms of patrols."""

from nuantu.patrols.forms.weeks import AgainForm, BackForm, MoveForm, PlanForm

__all__ = ["AgainForm", "BackForm", "MoveForm", "PlanForm"]
