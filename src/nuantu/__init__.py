"""Nuantu 暖途: seasonal relief operations from the plan to a person helped."""

__version__ = "0.1.0"
