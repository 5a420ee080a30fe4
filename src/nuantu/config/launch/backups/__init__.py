"""Backups: encrypted, whole, checked after writing, and a restore that proves what it restored."""
