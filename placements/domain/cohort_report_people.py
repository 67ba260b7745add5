"""Where everybody in a cohort stands, one question at a time: each person is in one place of each layout."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    completion,
    diploma_states,
    follow_up_attendance,
    network_states,
    placement_states,
)
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.completion import Verdict
from placements.models.diplomas import Diploma, DiplomaKind
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay
from placements.models.hosts import Sector
from placements.models.network_groups import NetworkPlace
from placements.models.placements import Placement
from placements.words import word

NONE = "none"
ENDINGS = (
    ("finished", _("Gennemført"), placement_states.FINISHED),
    ("running", _("I praktik"), placement_states.RUNNING),
    ("planned", _("Planlagt"), placement_states.PLANNED),
    ("stopped", _("Stoppet før tid"), placement_states.BEGUN),
)
"""How the practicum stands: of several placements the one that comes first here."""
GROUPS: tuple[tuple[str, Text], ...] = (
    ("member", _("Med i en gruppe")),
    ("asked", _("Tilbudt, eller på venteliste")),
    ("refused", _("Takket nej, eller har forladt gruppen")),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How many are in each place, with what the places are called; `nested` in what is told before it."""

    key: str
    title: Text
    words: Mapping[str, Text]
    counts: Mapping[str, int]
    nested: bool = True


def layouts(session: Session, cohort: Cohort, people: Sequence[Enrolment], *, today: date) -> list[Layout]:
    """Those that the programme has something to say about."""
    ids = [person.id for person in people]
    found = [_proofs(session, ids), _attendance(session, cohort, today)]
    if cohort.practicum_starts_on:
        found += [*_practicum(session, cohort, ids), *_days(session, cohort, ids, today)]
    if cohort.programme.network_offered_to:
        found.append(_network(session, ids))
    return found


def _laid(
    key: str, title: Text, words: Mapping[str, Text], places: Iterable[str], *, nested: bool = True
) -> Layout:
    found = Counter(places)
    return Layout(key, title, words, {place: found[place] for place in words}, nested)


def _named(kind: type[enum.StrEnum]) -> dict[str, Text]:
    return {value.value: word(value) for value in kind}


def _proofs(session: Session, ids: Sequence[int]) -> Layout:
    given: dict[int, list[Diploma]] = defaultdict(list)
    for diploma in session.scalars(select(Diploma).where(Diploma.enrolment_id.in_(ids))):
        given[diploma.enrolment_id].append(diploma)
    words = {**_named(DiplomaKind), NONE: _("Intet bevis")}
    return _laid("proofs", _("Beviser"), words, (_proof(given[person]) for person in ids))


def _proof(given: Sequence[Diploma]) -> str:
    found = diploma_states.standing(given) or diploma_states.standing_certificate(given)
    return found.kind.value if found else NONE


def _attendance(session: Session, cohort: Cohort, today: date) -> Layout:
    """The rule of attendance, by the module that is nearest to the line."""
    people = completion.of_cohort(session, cohort, today=today)
    title = _("Fremmøde mod kravet på %(percent)s %%", percent=cohort.programme.attendance_percent)
    return _laid("attendance", title, _named(Verdict), (person.closest.verdict.value for person in people))


def _practicum(session: Session, cohort: Cohort, ids: Sequence[int]) -> list[Layout]:
    placed: dict[int, list[Placement]] = defaultdict(list)
    for placement in session.scalars(select(Placement).where(Placement.cohort_id == cohort.id)):
        placed[placement.enrolment_id].append(placement)
    where = [_foremost(placed[person]) for person in ids]
    endings = {**{key: text for key, text, _states in ENDINGS}, NONE: _("Ikke i praktik")}
    sectors = {**_named(Sector), NONE: _("Ikke i praktik")}
    return [
        _laid("ending", _("Sådan står det med praktikken"), endings, (ending for ending, _sector in where)),
        _laid("sector", _("Praktik efter sektor"), sectors, (sector for _end, sector in where), nested=False),
    ]


def _foremost(placed: Sequence[Placement]) -> tuple[str, str]:
    for ending, _text, states in ENDINGS:
        for placement in placed:
            if placement.status in states:
                return ending, placement.sector.value
    return NONE, NONE


def _days(session: Session, cohort: Cohort, ids: Sequence[int], today: date) -> list[Layout]:
    """Who was at each follow-up day that is over."""
    days = session.scalars(
        select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
    ).all()
    came: dict[int, set[int]] = defaultdict(set)
    present = (
        select(FollowUpAttendance.day_id, Placement.enrolment_id)
        .join(Placement, Placement.id == FollowUpAttendance.placement_id)
        .where(
            FollowUpAttendance.status == AttendanceStatus.PRESENT,
            FollowUpAttendance.day_id.in_([day.id for day in days]),
        )
    )
    for day_id, enrolment_id in session.execute(present):
        came[day_id].add(enrolment_id)
    words = {"there": _("Var der"), NONE: _("Var der ikke, eller er ikke i praktik")}
    return [
        _laid(
            f"day-{day.number}",
            _("%(number)s. opfølgningsdag, %(day)s", number=day.number, day=day.held_on),
            words,
            ("there" if person in came[day.id] else NONE for person in ids),
        )
        for day in days
        if follow_up_attendance.is_reached(day, today=today) and came[day.id]
    ]


def _network(session: Session, ids: Sequence[int]) -> Layout:
    """Each by the place that counts most (H-19)."""
    places: dict[int, list[NetworkPlace]] = defaultdict(list)
    for place in session.scalars(select(NetworkPlace).where(NetworkPlace.enrolment_id.in_(ids))):
        places[place.enrolment_id].append(place)
    words = {**dict(GROUPS), NONE: _("Ikke tilbudt")}
    return _laid(
        "network",
        _("Plads i en gruppe"),
        words,
        (_group(places[person]) for person in ids),
        nested=False,
    )


def _group(places: Sequence[NetworkPlace]) -> str:
    if any(map(network_states.is_member, places)):
        return "member"
    if any(map(network_states.is_engaged, places)):
        return "asked"
    return "refused" if places else NONE
