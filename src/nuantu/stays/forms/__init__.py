"""Forms of a station."""

from nuantu.stays.forms.house import BedStateForm, RoomForm, ZoneForm
from nuantu.stays.forms.reception import (
    AnswerForm,
    AskForm,
    BelongingForm,
    DecisionForm,
    EndForm,
    NewcomerForm,
    PhotoPurposeForm,
    PhotoWallForm,
    PortraitForm,
    ReceptionForm,
    SearchForm,
)
from nuantu.stays.forms.staying import BedForm, NeedsForm, OutForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "BedForm",
    "BedStateForm",
    "BelongingForm",
    "DecisionForm",
    "EndForm",
    "NeedsForm",
    "NewcomerForm",
    "OutForm",
    "PhotoPurposeForm",
    "PhotoWallForm",
    "PortraitForm",
    "ReceptionForm",
    "RoomForm",
    "SearchForm",
    "ZoneForm",
]
