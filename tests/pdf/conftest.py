"""Here every page is printed, however often it has been."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _print_once() -> None:
    """Instead of the one that prints the same only once."""
