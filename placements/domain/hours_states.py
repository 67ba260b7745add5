"""The states of a week's hours: the student writes, the host confirms or sends back."""

from __future__ import annotations

from placements.domain.rules import moves, target_of
from placements.i18n import _
from placements.models.hours import HoursStatus, HoursWeek

S = HoursStatus

TRANSITIONS = moves(
    submit=((S.DRAFT, S.RETURNED), S.SUBMITTED),
    confirm=((S.SUBMITTED,), S.CONFIRMED),
    send_back=((S.SUBMITTED,), S.RETURNED),
    reopen=((S.CONFIRMED,), S.RETURNED),
)

REFUSALS = {
    "submit": _("Ugen er allerede sendt. Den kan rettes, hvis den bliver sendt tilbage."),
    "confirm": _("Ugen venter ikke på at blive bekræftet."),
    "send_back": _("Ugen venter ikke på at blive bekræftet. Er den bekræftet, kan koordinatoren åbne den."),
    "reopen": _("Kun en bekræftet uge kan åbnes igen."),
}
"""Why a verb is refused in any other state than its own."""

UNSENT = frozenset({S.DRAFT})
"""The student's own: nobody else sees it."""

WAITING = frozenset({S.SUBMITTED})
CONFIRMED = frozenset({S.CONFIRMED})
RETURNED = frozenset({S.RETURNED})
WRITABLE = UNSENT | RETURNED
"""The student may change it."""


def is_writable(week: HoursWeek | None) -> bool:
    return week is None or week.status in WRITABLE


def is_waiting(week: HoursWeek | None) -> bool:
    return week is not None and week.status in WAITING


def is_confirmed(week: HoursWeek | None) -> bool:
    return week is not None and week.status in CONFIRMED


def is_returned(week: HoursWeek | None) -> bool:
    return week is not None and week.status in RETURNED


def move(week: HoursWeek, verb: str) -> None:
    week.status = target_of(TRANSITIONS, verb, week.status, REFUSALS[verb])
