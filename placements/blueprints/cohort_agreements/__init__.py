"""The agreements of a whole cohort, made, sent and printed in one go; those of all cohorts, to print."""

from flask import Blueprint

bp = Blueprint("cohort_agreements", __name__)

from placements.blueprints.cohort_agreements import views  # noqa: E402, F401
