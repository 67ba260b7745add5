"""A cohort that comes in by a workbook: upload, preview, fixes, and everything at once."""

from flask import Blueprint

bp = Blueprint("cohort_imports", __name__)

from placements.blueprints.cohort_imports import views  # noqa: E402, F401
