"""One folder per feature; each has `bp`."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

STEMS = (
    "sign_in",
    "home",
    "cohorts",
    "cohort_imports",
    "preferences",
    "programmes",
    "board",
    "placements",
    "history",
    "agreements",
    "amendments",
    "application_reviews",
    "application_payments",
    "apply",
    "application_figures",
    "retention",
    "application_decisions",
    "application_letters",
    "clauses",
    "cohort_agreements",
    "completion",
    "concerns",
    "emergency_contacts",
    "jobs",
    "legal_details",
    "agreement_remarks",
    "diploma_designs",
    "departures",
    "diplomas",
    "verify",
    "badges",
    "hosts",
    "contacts",
    "clearances",
    "frameworks",
    "quality",
    "offers",
    "own_goals",
    "allocations",
    "follow_up_days",
    "registers",
    "teaching",
    "schedules",
    "plans",
    "study_groups",
    "calendars",
    "network_groups",
    "hours",
    "talks",
    "unit_reviews",
    "outcomes",
    "supervisions",
    "visits",
    "student_answers",
    "suggestions",
    "warning_contacts",
    "pairs",
    "admissions",
    "working_time",
    "evaluations",
    "evaluation_answers",
)


def init_app(app: Flask) -> None:
    for stem in STEMS:
        app.register_blueprint(import_module(f"placements.blueprints.{stem}").bp)
