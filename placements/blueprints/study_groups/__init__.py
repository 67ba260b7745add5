"""The study groups of a cohort."""

from flask import Blueprint

bp = Blueprint("study_groups", __name__)

from placements.blueprints.study_groups import views  # noqa: E402, F401
