"""Payments for applications: one by one, a cohort's list, and whom a programme's bills come from."""

from flask import Blueprint

bp = Blueprint("application_payments", __name__)

from placements.blueprints.application_payments import papers, senders, views  # noqa: E402, F401
