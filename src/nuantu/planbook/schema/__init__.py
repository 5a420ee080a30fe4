"""The shape of a plan file, version 1."""

from nuantu.planbook.schema.plan import SCHEMA_ID, Plan

__all__ = ["SCHEMA_ID", "Plan"]
