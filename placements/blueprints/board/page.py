"""The board around its rows. What stands above them depends on address and choices alone, and is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from placements import formatting
from placements.blueprints.board.forms import NEWEST_FIRST, Asked
from placements.blueprints.board.rows import language, rows
from placements.domain import board, board_choices
from placements.domain.actors import Actor
from placements.domain.board import Filter
from placements.domain.board_choices import FilterChoices
from placements.domain.board_statements import COUNTED, PAGE
from placements.templating import Catalogue, catalogue

WITHOUT: dict[str, dict[str, Any]] = {
    "cohort": {"cohort_id": None},
    "sector": {"sector": None},
    "status": {"status": None},
    "unit": {"unit_id": None},
    "q": {"words": ()},
}


class Tag(NamedTuple):
    """A filter in use; `href` is the board without it."""

    label: str
    text: str
    href: str


class Way(NamedTuple):
    """Out of an empty board: the filter to give up, and how many there are then."""

    tag: Tag
    left: str


class Heading(NamedTuple):
    label: str
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Board:
    """`ways` is empty unless filters leave nothing; texts and addresses that do not apply are empty."""

    filters: Markup
    head: Markup
    rows: Markup
    total: int
    shown: str
    ways: list[Way]
    next_href: str
    first_href: str

    @property
    def count(self) -> str:
        return _count(self.total, catalogue())


def show(session: Session, actor: Actor, asked: Asked, *, today: date) -> Board:
    choices = board_choices.for_filter(session, actor, cohort=asked.cohort, unit_id=asked.unit_id, day=today)
    wanted = asked.filter(choices.cohort_id)
    page = board.page(session, actor, wanted, today=today)
    first, _ = asked.from_the_first(), catalogue()
    return Board(
        filters=_filters(_.locale, first, choices),
        head=_head(_.locale, first),
        rows=rows(page.rows, back(asked), _.locale),
        total=page.total,
        shown=_shown(asked.passed, len(page.rows), page.total, _),
        ways=[] if page.rows else _ways(session, actor, wanted, _tags(first, choices, _), _),
        next_href=asked.address(after=f"{asked.passed + PAGE}.{page.after}") if page.after else "",
        first_href=asked.address() if asked.after else "",
    )


def back(asked: Asked) -> str:
    """Follows the addresses of a row, so that without JavaScript people return to the same board."""
    query = asked.query(after=asked.after)
    return f"?{urlencode({'back': query})}" if query else ""


@lru_cache(maxsize=512)
def _filters(locale: str, asked: Asked, choices: FilterChoices) -> Markup:
    tags, texts = _tags(asked, choices, catalogue()), language(locale)
    html = render_template(
        "board/_filters.html",
        asked=asked,
        choices=choices,
        sectors=texts.sectors.items(),
        states=texts.states.items(),
        tags=tags.values(),
    )
    return Markup(html)  # noqa: S704 (a template's)


@lru_cache(maxsize=512)
def _head(_locale: str, asked: Asked) -> Markup:
    html = render_template("board/_head.html", headings=_headings(asked, catalogue()))
    return Markup(html)  # noqa: S704 (a template's)


def _total(total: int, _: Catalogue) -> str:
    number = formatting.grouped(min(total, COUNTED), locale=_.locale)
    return str(_("mere end %(number)s")) % {"number": number} if total > COUNTED else number


def _count(total: int, _: Catalogue) -> str:
    if not total:
        return _("Ingen praktikforløb")
    if total > COUNTED:
        return _("Mere end %(number)s praktikforløb", number=_total(COUNTED, _))
    return _("%(number)s praktikforløb", number=_total(total, _))


def _shown(passed: int, here: int, total: int, _: Catalogue) -> str:
    if not here:
        return ""
    span = f"{passed + 1}–{passed + here}"
    return str(_("Viser %(span)s af %(total)s")) % {"span": span, "total": _total(total, _)}


def _headings(asked: Asked, _: Catalogue) -> dict[str, Heading]:
    """A press sorts by the column; another press turns it round."""
    return {
        "student": _heading(asked, "student", "student", _("Studerende")),
        "start": _heading(asked, "start", NEWEST_FIRST, _("Periode")),
        "status": _heading(asked, "status", "status", _("Status")),
    }


def _heading(asked: Asked, name: str, first: str, label: str) -> Heading:
    if asked.sort.removeprefix("-") != name:
        return Heading(label, asked.address(sort=first), "")
    if asked.sort == name:
        return Heading(label, asked.address(sort=f"-{name}"), "ascending")
    return Heading(label, asked.address(sort=name), "descending")


def _tags(asked: Asked, choices: FilterChoices, _: Catalogue) -> dict[str, Tag]:
    texts = language(_.locale)
    used = {
        "cohort": (_("Hold"), dict(choices.cohorts).get(asked.cohort, asked.cohort)),
        "sector": (_("Sektor"), texts.sectors.get(asked.sector, "")),
        "status": (_("Status"), texts.states.get(asked.status, "")),
        "unit": (_("Praktiksted"), dict(choices.units).get(asked.unit, asked.unit)),
        "q": (_("Søgning"), "" if asked.is_too_short else asked.q),
    }
    return {
        name: Tag(label, text, asked.address(**{name: ""})) for name, (label, text) in used.items() if text
    }


def _ways(session: Session, actor: Actor, wanted: Filter, tags: dict[str, Tag], _: Catalogue) -> list[Way]:
    return [
        Way(tag, _count(board.count(session, actor, replace(wanted, **WITHOUT[name])), _))
        for name, tag in tags.items()
    ]
