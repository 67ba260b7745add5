"""The browser of the tests and of the pictures: Chromium's headless shell, which paints no window.

The same engine in the whole browser takes twice the processor time. It is taken where there is no shell.
"""

from __future__ import annotations

import shutil

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What keeps Debian's Chromium quiet in a container without a network: it asks nobody but the test's server.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def find() -> str:
    """Its path. Raises `LookupError` where none is installed."""
    if program := next(filter(None, map(shutil.which, PROGRAMS)), None):
        return program
    raise LookupError("Chromium is not installed, and the browser tests need it: run `make setup`.")
