"""Reads of wearers, wristbands, alarms and proofs."""
