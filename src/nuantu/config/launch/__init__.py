"""Sets up and runs one installation: database, site, worker, backup, examination.

Nothing here is imported by the site. `postgres` needs neither Django nor settings.
"""
