"""The seal on what is handed out: whose it is is decided at start-up, the key is held in this process.

`current().seal(pdf, now=…)` answers a `Sealed`. The printing processes never see the key. pyHanko is loaded
with the first seal.
"""

from __future__ import annotations

from flask import Flask, current_app

from placements.sealing import keys
from placements.sealing.sealer import Sealed, Sealer, SealingFailed

__all__ = ["Sealed", "Sealer", "SealingFailed", "current", "init_app"]


def current() -> Sealer:
    sealer: Sealer = current_app.extensions["seal"]
    return sealer


def init_app(app: Flask) -> None:
    """Raises `BadConfiguration`, so that a wrong key stops the start and not the first diploma."""
    app.extensions["seal"] = Sealer(keys.of(app.config), app.config["SEAL_TIMESTAMP_URL"])
