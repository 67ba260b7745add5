"""Open Badges 3.0: a diploma as a credential that machines can check, signed as a JWT (docs/decisions/035).

`current()` is who signs. The key is loaded at start-up; openbadgeslib, which only this package knows, with
the first badge. Nothing here asks the database or a clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app

from placements.badges import keys
from placements.badges.award import Award

if TYPE_CHECKING:
    from placements.badges.issuer import Issuer

__all__ = ["Award", "current", "init_app"]


def current() -> Issuer:
    from placements.badges.issuer import Issuer

    return Issuer(current_app.config["BASE_URL"], current_app.extensions["badges"])


def init_app(app: Flask) -> None:
    """Raises `BadConfiguration`, so that a wrong key stops the start and not the first diploma."""
    app.extensions["badges"] = keys.of(app.config)
