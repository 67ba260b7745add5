"""Answering an evaluation by the link in a mail, without signing in."""

from flask import Blueprint

bp = Blueprint("evaluation_answers", __name__)

from placements.blueprints.evaluation_answers import views  # noqa: E402, F401
