"""The main menu: which pages are linked from everywhere, whose they are, and where we are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import request
from flask_babel import get_locale, gettext, pgettext

from placements.access import current_user


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    href: str
    current: bool


@cache
def _menu(_locale: str) -> list[tuple[str, str, frozenset[str]]]:
    """Every page there is a link to, whose it is, in one language: asked for on every request."""
    staff = frozenset({"coordinator"})
    return [
        (gettext("I dag"), "/", staff | {"teacher", "admin"}),
        (gettext("Praktikforløb"), "/placements", staff),
        (gettext("Praktikpladser"), "/offers", staff | {"host"}),
        (gettext("Praktiksteder"), "/hosts", staff | {"admin", "host"}),
        (pgettext("plural", "Hold"), "/cohorts", staff | {"teacher", "admin"}),
        (gettext("Undervisning"), "/teaching", staff | {"teacher"}),
        (gettext("Opfølgningsdage"), "/follow-up-days", staff | {"teacher"}),
        (gettext("Netværksgrupper"), "/network-groups", staff | {"teacher", "student"}),
        (gettext("Beviser"), "/diplomas", staff),
        (gettext("Mine opgaver"), "/host", frozenset({"host"})),
        (gettext("Mit forløb"), "/my", frozenset({"student"})),
    ]


# Pages of their own that belong under another's place in the menu.
FILED_UNDER = {
    "agreements": "/cohorts/",
    "applications": "/cohorts/",
    "allocation": "/cohorts/",
    "enrolments": "/cohorts/",
    "evaluation-questions": "/cohorts/",
    "frameworks": "/hosts/",
    "jobs": "/cohorts/",
    "programmes": "/cohorts/",
    "retention": "/cohorts/",
    "suggestions": "/hosts/",
}


def nav_items() -> list[NavItem]:
    roles = current_user.roles
    path = FILED_UNDER.get(request.path.split("/")[1], request.path)
    return [
        NavItem(label, href, path == href or (href != "/" and path.startswith(f"{href}/")))
        for label, href, audience in _menu(str(get_locale()))
        if audience & roles
    ]
