"""How Nuantu looks: base templates, components as template tags, design tokens, browser modules.

Every page of every package extends `ui/base.html` (desk), `ui/phone.html` (one thing at a time),
`ui/public.html` (no account) or `ui/print.html` (paper) and is put together from `{% load ui %}`.
The pattern page shows each component in all its states. Only this package marks strings safe.
"""
