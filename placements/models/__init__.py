"""The tables. Each module holds one noun; importing this package maps them all."""

from placements.models import (  # noqa: F401
    agreements,
    clearances,
    cohorts,
    diplomas,
    documents,
    enrolments,
    events,
    follow_up_days,
    hosts,
    looks,
    mails,
    network_groups,
    offers,
    placement_search,
    placements,
    preferences,
    programmes,
    sent_forms,
    sign_ins,
    users,
)
