"""Components that are drawn in Python because a page draws hundreds of them.

Each takes plain values and returns escaped HTML. `templatetags/ui.py` gives them to templates.
"""
