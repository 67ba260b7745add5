"""Completion: a cohort against the programme's rules, one person's rules, exceptions from them."""

from flask import Blueprint

bp = Blueprint("completion", __name__)

from placements.blueprints.completion import views  # noqa: E402, F401
