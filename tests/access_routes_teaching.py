"""The same table for the theory, its completion, the network groups' upkeep, diplomas and evaluations.

The columns and the marks are those of tests/access_routes.py.
"""

from __future__ import annotations

ROUTES = """
#    ano adm coo els tea hos els stu els
"""
