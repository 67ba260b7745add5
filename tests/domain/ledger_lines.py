"""Lines of the account in minutes, written short: one word a session."""

from __future__ import annotations

from datetime import date, timedelta

from placements.domain.attendance_ledger import Line

FIRST = date(2025, 2, 3)


def line(
    attended: int | None,
    planned: int = 60,
    *,
    module: int = 1,
    run: int = 1,
    day: date = FIRST,
    excused: bool = False,
) -> Line:
    return Line(
        session_id=0,
        run_id=run,
        module_id=module,
        held_on=day,
        planned=planned,
        attended=attended,
        excused=excused,
    )


def taught(marks: str, planned: int = 60, *, module: int = 1, run: int = 1, day: date = FIRST) -> list[Line]:
    """A session a day: p present, a absent, e excused, - no register yet."""
    attended = {"p": planned, "a": 0, "e": 0, "-": None}
    return [
        line(
            attended[mark],
            planned,
            module=module,
            run=run,
            day=day + timedelta(days=number),
            excused=mark == "e",
        )
        for number, mark in enumerate(marks)
    ]
