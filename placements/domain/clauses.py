"""The standing texts of a programme's agreements: shipped with the product, rewritten by the coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements import clause_language
from placements.clause_language import Problem, Value
from placements.domain.actors import Actor
from placements.domain.clause_checks import refuse_bad
from placements.domain.clause_values import NAMES
from placements.domain.rules import Stale, expect_version
from placements.models.clauses import Clause, ClauseVersion
from placements.models.programmes import Programme

SECTIONS = (2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)
"""Those that hold standing text; parties and period follow from the placement alone."""
_SHIPPED = Path(__file__).parent.parent / "programmes" / "clauses"


def visible_to(actor: Actor) -> Select[Clause]:
    """Coordinators: their programmes'. Others read them in the agreements."""
    return select(Clause).where(Clause.programme_id.in_(actor.programme_ids))


# Questions


@cache
def shipped(section: int, locale: str = "da") -> str:
    return (_SHIPPED / locale / f"{section:02}.txt").read_text("utf-8").strip()


def of_programme(session: Session, programme_id: int) -> dict[int, Clause]:
    """Those that somebody has saved, by section."""
    rows = session.scalars(select(Clause).where(Clause.programme_id == programme_id))
    return {clause.section: clause for clause in rows}


def of_section(session: Session, programme_id: int, section: int) -> Clause | None:
    wanted = select(Clause).where(Clause.programme_id == programme_id, Clause.section == section)
    return session.scalar(wanted)


def source(clause: Clause | None, section: int, locale: str = "da") -> str:
    """The text that holds now. What a coordinator wrote is in their own language."""
    if clause is None or clause.text is None:
        return shipped(section, locale)
    return clause.text


def number_of(clause: Clause | None) -> int:
    """The version that holds now; 0 is the shipped text."""
    return clause.saved[-1].number if clause and clause.text is not None and clause.saved else 0


def problems(text: str) -> list[Problem]:
    return clause_language.problems(text, NAMES)


def rendered(saved: Mapping[int, Clause], values: Mapping[str, Value], locale: str) -> dict[int, str]:
    """The texts of one agreement, by section."""
    return {
        section: clause_language.render(source(saved.get(section), section, locale), values)
        for section in SECTIONS
    }


# Actions


def save(
    session: Session,
    programme: Programme,
    section: int,
    *,
    text: str | None,
    version: int,
    by: str,
    now: datetime,
) -> Clause:
    """A new version of a section's text; None takes the shipped one back.

    `version` is that of the clause when it was opened, 0 when nobody had saved it. Agreements that are sent
    keep the text of their time.
    """
    refuse_bad(text, NAMES)
    clause = _opened(session, programme, section, version)
    written = text.replace("\r\n", "\n").strip() if text is not None else None
    if (clause.text, bool(clause.saved)) == (written, True):
        return clause
    clause.text = written
    number = clause.saved[-1].number + 1 if clause.saved else 1
    clause.saved.append(ClauseVersion(number=number, text=written, saved_at=now, saved_by=by))
    return clause


def _opened(session: Session, programme: Programme, section: int, version: int) -> Clause:
    """The clause as it was opened. The programme is held, so that two who write the first wait in line."""
    session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    clause = of_section(session, programme.id, section)
    if clause is None:
        if version:
            raise Stale
        clause = Clause(programme_id=programme.id, section=section, text=None)
        session.add(clause)
        return clause
    session.refresh(clause)
    expect_version(clause, version)
    return clause
