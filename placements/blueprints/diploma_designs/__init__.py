"""How the diplomas of a programme look: its words, what they show, the accent."""

from flask import Blueprint

bp = Blueprint("diploma_designs", __name__, url_prefix="/programmes/<slug>/diploma")

from placements.blueprints.diploma_designs import views  # noqa: E402, F401
