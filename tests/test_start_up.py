"""A server process starts light: what only documents, commands and jobs need is loaded when they need it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "alembic",
    "dbos",
    "flask_migrate",
    "fontTools",
    "highspy",
    "jwt",
    "numpy",
    "openbadgeslib",
    "openpyxl",
    "pyhanko",
    "weasyprint",
]
PROGRAM = f"""
import sys
from placements import create_app
create_app({{"TESTING": True}})
print(sorted(set({HEAVY}) & set(sys.modules)))
"""


def test_creating_the_application_loads_nothing_heavy() -> None:
    loaded = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (loaded.stdout.strip(), loaded.stderr) == ("[]", "")
