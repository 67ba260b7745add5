"""A student's yes or no to a seat."""

from flask import Blueprint

bp = Blueprint("student_answers", __name__)

from placements.blueprints.student_answers import views  # noqa: E402, F401
