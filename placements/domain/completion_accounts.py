"""Minutes added up for a rule: what was attended, what was missed, what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from placements.domain.attendance_ledger import Line
from placements.models.completion import Verdict
from placements.models.programmes import AttendanceScope, Programme


@dataclass(frozen=True, slots=True)
class Terms:
    """How a programme counts attendance."""

    percent: int
    scope: AttendanceScope
    excused_left_out: bool = True

    @property
    def by_module(self) -> bool:
        return self.scope is AttendanceScope.MODULE


def terms_of(programme: Programme) -> Terms:
    return Terms(programme.attendance_percent, programme.attendance_scope, programme.excused_left_out)


@dataclass(frozen=True, slots=True)
class Account:
    """`coming` is what has no register yet; `excused` is left out of the share. `longest`: of one session,
    `longest_coming`: of one that is still to come.
    """

    attended: int = 0
    missed: int = 0
    coming: int = 0
    excused: int = 0
    longest: int = 0
    longest_coming: int = 0

    @property
    def is_begun(self) -> bool:
        """A register was kept."""
        return bool(self.attended or self.missed or self.excused)

    @property
    def counted(self) -> int:
        """What the share is taken of."""
        return self.attended + self.missed + self.coming

    @property
    def planned(self) -> int:
        return self.counted + self.excused

    def needed(self, percent: int) -> int:
        """The fewest whole minutes that reach the share."""
        return -(-percent * self.counted // 100)

    def may_miss(self, percent: int) -> int:
        """Minutes of what is coming; 0 when there is nothing left to lose."""
        return max(0, min(self.coming, self.attended + self.coming - self.needed(percent)))

    def verdict(self, percent: int) -> Verdict:
        """Coming sessions count as planned: what is reached without them stays reached."""
        if reaches(self.attended, self.counted, percent):
            return Verdict.MET
        if (self.attended + self.coming) * 100 < percent * self.counted:
            return Verdict.LOST
        return Verdict.NOT_YET


def reaches(attended: int, counted: int, percent: int) -> bool:
    """Exactly the share is enough, in whole minutes. Who attended nothing has not reached any (H-18)."""
    return percent == 0 or (attended > 0 and attended * 100 >= percent * counted)


def account(lines: Iterable[Line], terms: Terms) -> Account:
    attended = missed = coming = excused = longest = longest_coming = 0
    for line in lines:
        longest = max(longest, line.planned)
        if line.attended is None:
            coming += line.planned
            longest_coming = max(longest_coming, line.planned)
        elif line.excused and terms.excused_left_out:
            excused += line.planned
        else:
            attended += line.attended
            missed += line.missed
    return Account(attended, missed, coming, excused, longest, longest_coming)


def done_on(lines: Iterable[Line], terms: Terms, *, attending: bool = False) -> date | None:
    """The first day from which the share is certain, even if nothing after it is attended.

    `attending`: as if everything without a register were attended in full.
    """
    ordered = sorted(lines, key=_held_on)
    after = sum(line.planned for line in ordered)
    attended = counted = 0
    for day, held in groupby(ordered, _held_on):
        for line in held:
            after -= line.planned
            gained, weight = _counts(line, terms, attending)
            attended, counted = attended + gained, counted + weight
        if reaches(attended, counted + after, terms.percent):
            return day
    return None


def _held_on(line: Line) -> date:
    return line.held_on


def _counts(line: Line, terms: Terms, attending: bool) -> tuple[int, int]:
    """What a session gives towards the share, and what it weighs in it."""
    if line.attended is None:
        return line.planned if attending else 0, line.planned
    if line.excused and terms.excused_left_out:
        return 0, 0
    return line.attended, line.planned


def by_module_and_run(
    lines: Iterable[Line], unplanned: Collection[int] = ()
) -> Mapping[int, Mapping[int, list[Line]]]:
    """Module → run → its lines. `unplanned`: modules of runs that have no sessions yet."""
    found: dict[int, dict[int, list[Line]]] = {module_id: {0: []} for module_id in unplanned}
    for line in lines:
        found.setdefault(line.module_id, {}).setdefault(line.run_id, []).append(line)
    return found
