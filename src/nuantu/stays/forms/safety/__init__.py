"""Forms about the safety of a house."""

from nuantu.stays.forms.safety.checks import CheckForm, ChecklistForm
from nuantu.stays.forms.safety.food import (
    AskedMealForm,
    GapForm,
    MealForm,
    OutcomeForm,
    SamplesForm,
    SuspicionForm,
    TakeOutForm,
)
from nuantu.stays.forms.safety.hazards import (
    AnswerInspectionForm,
    AssignForm,
    HazardFilterForm,
    HazardForm,
    InspectionForm,
    RecheckForm,
    RepairForm,
)

__all__ = [
    "AnswerInspectionForm",
    "AskedMealForm",
    "AssignForm",
    "CheckForm",
    "ChecklistForm",
    "GapForm",
    "HazardFilterForm",
    "HazardForm",
    "InspectionForm",
    "MealForm",
    "OutcomeForm",
    "RecheckForm",
    "RepairForm",
    "SamplesForm",
    "SuspicionForm",
    "TakeOutForm",
]
