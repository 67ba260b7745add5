"""The agreements of a whole cohort, made, sent and printed in one go."""

from flask import Blueprint

bp = Blueprint("cohort_agreements", __name__, url_prefix="/cohorts/<slug>/agreements")

from placements.blueprints.cohort_agreements import views  # noqa: E402, F401
