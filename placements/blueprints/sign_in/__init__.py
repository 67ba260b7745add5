"""Signing in and out, and the page that a link in a task mail opens."""

from flask import Blueprint

bp = Blueprint("sign_in", __name__)

from placements.blueprints.sign_in import views  # noqa: E402, F401
