"""The coordinator's board of placements, and the row that is changed in it."""

from flask import Blueprint

bp = Blueprint("board", __name__)

from placements.blueprints.board import views as views  # noqa: E402
