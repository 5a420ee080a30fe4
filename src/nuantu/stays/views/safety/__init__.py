"""Pages about the safety of a house."""

from nuantu.stays.views.safety.board import hazard_list, photo, safety
from nuantu.stays.views.safety.checks import (
    check_start,
    checklist,
    checklists,
    safety_check,
)
from nuantu.stays.views.safety.food import (
    gap,
    kitchen,
    meal_new,
    sample_out,
    samples,
    samples_clear,
    suspicion_end,
    suspicion_more,
    suspicion_new,
)
from nuantu.stays.views.safety.hazards import (
    hazard,
    hazard_assign,
    hazard_new,
    hazard_recheck,
    hazard_repair,
    inspection,
    inspection_new,
)

__all__ = [
    "check_start",
    "checklist",
    "checklists",
    "gap",
    "hazard",
    "hazard_assign",
    "hazard_list",
    "hazard_new",
    "hazard_recheck",
    "hazard_repair",
    "inspection",
    "inspection_new",
    "kitchen",
    "meal_new",
    "photo",
    "safety",
    "safety_check",
    "sample_out",
    "samples",
    "samples_clear",
    "suspicion_end",
    "suspicion_more",
    "suspicion_new",
]
