"""The board as plain texts, made ready outside the template so that fifty rows cost little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask_babel import get_locale, gettext
from sqlalchemy import Row
from sqlalchemy.orm import Session

from placements import formatting
from placements.blueprints.board.forms import NEWEST_FIRST, SECTORS, STATES, Asked
from placements.domain import board, board_choices
from placements.domain.actors import Actor
from placements.domain.board import Filter
from placements.domain.board_statements import COUNTED, PAGE
from placements.domain.placement_states import EDITABLE
from placements.web import said
from placements.words import tone, word


class Line(NamedTuple):
    """One row. `follow_up` is the next follow-up day; a row that is over cannot be changed."""

    id: int
    student: str
    cohort: str
    unit: str
    sector: str
    weeks: str
    days: str
    supervisor: str
    hours: str
    follow_up: str
    tone: str
    status: str
    editable: bool


class Option(NamedTuple):
    value: str
    text: str


class Tag(NamedTuple):
    """A filter in use; `href` is the board without it."""

    label: str
    text: str
    href: str


class Way(NamedTuple):
    """Out of an empty board: the filter to give up, and how many there are then."""

    tag: Tag
    count: str


class Heading(NamedTuple):
    label: str
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Board:
    asked: Asked
    lines: list[Line]
    back: str
    count: str
    shown: str
    too_short: str
    headings: dict[str, Heading]
    tags: list[Tag]
    ways: list[Way]
    cohorts: list[Option]
    units: list[Option]
    sectors: list[Option]
    states: list[Option]
    next_href: str
    first_href: str


# Rows


@lru_cache(maxsize=8)
def _texts(locale: str) -> tuple[dict[str, str], dict[str, tuple[str, str, bool]]]:
    """Words for sectors and states, said once for each language."""
    sectors = {name: said(word(sector)) for name, sector in SECTORS.items()}
    states = {name: (tone(state), said(word(state)), state in EDITABLE) for name, state in STATES.items()}
    return sectors, states


@lru_cache(maxsize=4096)
def _weeks(start: date, end: date, locale: str) -> str:
    first, last = formatting.week_number(start), formatting.week_number(end)
    name = "uge" if locale == "da" else "week" if first == last else "weeks"
    return f"{name} {first}" if first == last else f"{name} {first}–{last}"


_days = lru_cache(maxsize=4096)(formatting.short_period)
_day = lru_cache(maxsize=4096)(formatting.short_date)


@lru_cache(maxsize=512)
def _hours(minutes: int, locale: str) -> str:
    return formatting.hours(minutes / 60, locale=locale)


def lines(rows: Iterable[Row[Any]]) -> list[Line]:
    locale = str(get_locale())
    sectors, states = _texts(locale)
    shown = []
    for id_, student, cohort, unit, sector, start, end, supervisor, minutes, status, next_day, *_ in rows:
        tone_, state, editable = states[status]
        shown.append(
            Line(
                id_,
                student,
                cohort,
                unit or "",
                sectors[sector],
                _weeks(start, end, locale),
                _days(start, end, locale=locale),
                supervisor or "",
                _hours(minutes, locale),
                _day(next_day, locale=locale) if next_day and editable else "",
                tone_,
                state,
                editable,
            )
        )
    return shown


# The rest of the board


def show(session: Session, actor: Actor, asked: Asked, *, today: date) -> Board:
    cohorts = board_choices.cohorts(session, actor)
    cohort = next((row for row in cohorts if row.slug == asked.cohort), None)
    if cohort is None and asked.cohort:
        cohort = board_choices.cohort_called(session, actor, asked.cohort)
        cohorts = [*cohorts, cohort] if cohort else cohorts
    wanted = asked.filter(cohort.id if cohort else -1 if asked.cohort else None)
    page = board.page(session, actor, wanted, today=today)
    units = board_choices.units(session, wanted.cohort_id, wanted.unit_id, day=today)
    sectors, states = _texts(str(get_locale()))
    names = {
        "cohort": cohort.name if cohort else asked.cohort,
        "sector": sectors.get(asked.sector, ""),
        "status": states[asked.status][1] if asked.status else "",
        "unit": units.get(wanted.unit_id or 0, asked.unit),
        "q": asked.q if wanted.words else "",
    }
    tags, passed = _tags(asked, names), asked.passed
    return Board(
        asked=asked,
        lines=lines(page.rows),
        back=back(asked),
        count=_count(page.total),
        shown=_shown(passed, len(page.rows), page.total),
        too_short=gettext("Skriv mindst to bogstaver.") if asked.q and not wanted.words else "",
        headings=_headings(asked),
        tags=list(tags.values()),
        ways=[] if page.rows else _ways(session, actor, wanted, tags),
        cohorts=[Option(row.slug, row.name) for row in cohorts],
        units=[Option(str(id_), name) for id_, name in units.items()],
        sectors=[Option(value, text) for value, text in sectors.items()],
        states=[Option(value, text) for value, (_tone, text, _editable) in states.items()],
        next_href=asked.address(after=f"{passed + PAGE}.{page.after}") if page.after else "",
        first_href=asked.address() if asked.after else "",
    )


def back(asked: Asked) -> str:
    """Follows the addresses of a row, so that without JavaScript people return to the same rows."""
    query = asked.query(after=asked.after)
    return f"?{urlencode({'back': query})}" if query else ""


def _number(number: int) -> str:
    return formatting.grouped(number, locale=str(get_locale()))


def _total(total: int) -> str:
    if total > COUNTED:
        return gettext("mere end %(number)s", number=_number(COUNTED))
    return _number(total)


def _count(total: int) -> str:
    if not total:
        return gettext("Ingen praktikforløb")
    text = gettext("%(number)s praktikforløb", number=_total(total))
    return text[0].upper() + text[1:]


def _shown(passed: int, rows: int, total: int) -> str:
    if not rows:
        return ""
    values = {"first": _number(passed + 1), "last": _number(passed + rows), "total": _total(total)}
    return gettext("Viser %(first)s–%(last)s af %(total)s", **values)


def _headings(asked: Asked) -> dict[str, Heading]:
    """A press sorts by the column; another press turns it round."""
    labels = {"student": gettext("Studerende"), "start": gettext("Periode"), "status": gettext("Status")}
    headings = {}
    for name, label in labels.items():
        order = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
        first = NEWEST_FIRST if name == "start" else name
        then = name if asked.sort.startswith("-") else f"-{name}"
        headings[name] = Heading(label, asked.address(sort=then if order else first), order)
    return headings


def _tags(asked: Asked, names: dict[str, str]) -> dict[str, Tag]:
    labels = {
        "cohort": gettext("Hold"),
        "sector": gettext("Sektor"),
        "status": gettext("Status"),
        "unit": gettext("Praktiksted"),
        "q": gettext("Søgning"),
    }
    return {name: Tag(labels[name], text, asked.address(**{name: ""})) for name, text in names.items() if text}


WITHOUT: dict[str, dict[str, Any]] = {
    "cohort": {"cohort_id": None},
    "sector": {"sector": None},
    "status": {"status": None},
    "unit": {"unit_id": None},
    "q": {"words": ()},
}


def _ways(session: Session, actor: Actor, wanted: Filter, tags: dict[str, Tag]) -> list[Way]:
    return [
        Way(tag, _count(board.count(session, actor, replace(wanted, **WITHOUT[name]))))
        for name, tag in tags.items()
    ]
