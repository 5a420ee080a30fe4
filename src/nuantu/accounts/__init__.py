"""Who may enter, for whom, and what the role allows.

Owns the division tree, organisations on it, users with roles, the permission matrix, live grants
on a case, and API tokens. Does not own what happens to a person on the street.
"""
