"""How standing texts read before anybody signs them: with invented people, under each legal basis."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from placements import clause_language
from placements.clause_language import Problem
from placements.domain import clauses
from placements.domain.clause_values import example
from placements.models.clauses import Clause
from placements.models.placements import LegalBasis


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, and the legal bases under which it reads so."""

    bases: list[LegalBasis]
    paragraphs: list[str]

    @property
    def always(self) -> bool:
        return len(self.bases) == len(LegalBasis)


@dataclass(frozen=True, slots=True)
class Preview:
    problems: list[Problem]
    readings: list[Reading]


@dataclass(frozen=True, slots=True)
class Line:
    """A section in the list: its clause, if anybody has saved one, and how it begins."""

    section: int
    clause: Clause | None
    beginning: str

    @property
    def is_own(self) -> bool:
        return self.clause is not None and self.clause.text is not None


def of_text(text: str) -> Preview:
    """What is wrong with it, or else how it reads; bases under which it reads alike stand together."""
    problems = clauses.problems(text)
    if problems:
        return Preview(problems, [])
    found: dict[str, list[LegalBasis]] = {}
    for basis in LegalBasis:
        found.setdefault(clause_language.render(text, example(basis)), []).append(basis)
    return Preview([], [Reading(bases, said.splitlines()) for said, bases in found.items()])


def lines(session: Session, programme_id: int) -> list[Line]:
    saved = clauses.of_programme(session, programme_id)
    return [_line(section, saved.get(section)) for section in clauses.SECTIONS]


def _line(section: int, clause: Clause | None) -> Line:
    first = of_text(clauses.source(clause, section)).readings[0].paragraphs
    return Line(section, clause, first[0] if first else "")
