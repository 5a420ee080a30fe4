"""What can be made happen for the safety of the house."""

from nuantu.stays.services.safety.checks import (
    Answer,
    CheckRefused,
    do_check,
    open_checks,
    set_checklist,
    start_check,
)
from nuantu.stays.services.safety.food import (
    SampleRefused,
    admit_gap,
    put_in,
    serve_meal,
    take_out,
    take_out_due,
)
from nuantu.stays.services.safety.hazards import (
    Found,
    HazardRefused,
    assign_hazard,
    raise_hazard,
    recheck_hazard,
    repair_hazard,
)
from nuantu.stays.services.safety.inspections import (
    InspectionRefused,
    Visit,
    answer_inspection,
    record_inspection,
)
from nuantu.stays.services.safety.suspicion import (
    SuspicionRefused,
    add_ill,
    release,
    suspect,
)

__all__ = [
    "Answer",
    "CheckRefused",
    "Found",
    "HazardRefused",
    "InspectionRefused",
    "SampleRefused",
    "SuspicionRefused",
    "Visit",
    "add_ill",
    "admit_gap",
    "answer_inspection",
    "assign_hazard",
    "do_check",
    "open_checks",
    "put_in",
    "raise_hazard",
    "recheck_hazard",
    "record_inspection",
    "release",
    "repair_hazard",
    "serve_meal",
    "set_checklist",
    "start_check",
    "suspect",
    "take_out",
    "take_out_due",
]
