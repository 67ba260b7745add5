"""A programme changed on screen: the edited file is put to the rules of every file, and written as one.

So what is on screen can always be exported, and what is exported changes nothing when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placements.domain import programme_parts as parts
from placements.domain import programmes
from placements.domain.programme_changes import Change
from placements.domain.programme_exports import as_file
from placements.domain.programme_files import faults
from placements.domain.programme_parts import ProgrammeFile
from placements.domain.programme_sentences import on_screen
from placements.domain.rules import RuleBroken
from placements.domain.toml_lines import Path
from placements.i18n import Text
from placements.models.cohorts import Cohort
from placements.models.events import Action
from placements.models.programmes import Programme


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule says of a place in the file; `about` names the cohort or module it is in."""

    path: Path
    sentence: Text
    about: str = ""


class BadEdit(RuleBroken):
    """All that is wrong with an edit, each with its place in the file."""

    def __init__(self, found: list[Fault]) -> None:
        self.faults = found
        super().__init__(found[0].sentence)


# Questions


def exported(session: Session, programme: Programme) -> ProgrammeFile:
    """The programme with its cohorts, but for those of former times that its rules no longer fit."""
    return as_file(programme, _fitting(programme, _cohorts_of(session, programme)))


def _cohorts_of(session: Session, programme: Programme) -> list[Cohort]:
    return list(
        session.scalars(
            select(Cohort)
            .where(Cohort.programme_id == programme.id)
            .options(selectinload(Cohort.key_dates))
            .order_by(Cohort.starts_on, Cohort.id)
        )
    )


def _fitting(programme: Programme, cohorts: list[Cohort]) -> list[Cohort]:
    wrong = {path[1] for path, _reason in faults(as_file(programme, cohorts)) if path[0] == "cohorts"}
    return [cohort for index, cohort in enumerate(cohorts) if index not in wrong]


def _is_over(cohort: Cohort, today: date) -> bool:
    return max(cohort.starts_on, cohort.practicum_ends_on or cohort.starts_on) < today


# Actions


def save(
    session: Session,
    programme: Programme,
    edited: ProgrammeFile,
    *,
    today: date,
    renumbered: Mapping[int, int] | None = None,
) -> list[Change]:
    """Make the programme what the edited file says; its cohorts stay as they are.

    Those that are coming or under way must fit the new rules as they fitted the old. Raises `BadEdit`.
    A file knows its modules by their numbers: those that are `renumbered` keep what hangs on them.
    """
    lasting = [each for each in _cohorts_of(session, programme) if not _is_over(each, today)]
    fitting = as_file(programme, _fitting(programme, lasting)).cohorts
    _expect_sound(replace(edited, cohorts=fitting))
    moved = _renumber(session, programme, renumbered or {})
    found = programmes.load(session, replace(edited, cohorts=()))
    return moved + found


def _renumber(session: Session, programme: Programme, numbers: Mapping[int, int]) -> list[Change]:
    """In two steps, because no two modules have the same number even for a moment."""
    moved = [(module, module.number) for module in programme.modules if module.number in numbers]
    for module, old in moved:
        module.number = -old
    session.flush()
    for module, old in moved:
        module.number = numbers[old]
    session.flush()
    return [
        Change(f"modules.{old}.number", Action.CHANGED, str(old), str(module.number)) for module, old in moved
    ]


def _expect_sound(file: ProgrammeFile, known: Iterable[Path] = ()) -> None:
    found = [
        Fault(path, on_screen(reason), _about(file, path))
        for path, reason in faults(file)
        if path not in known
    ]
    if found:
        raise BadEdit(found)


def _about(file: ProgrammeFile, path: Path) -> str:
    if len(path) < 2 or not isinstance(path[1], int):
        return ""
    if path[0] == "cohorts":
        return file.cohorts[path[1]].name
    return file.modules[path[1]].title if path[0] == "modules" else ""


def expect_sound_cohort(programme: Programme, part: parts.Cohort, before: parts.Cohort | None = None) -> None:
    """The cohort by the rules of its programme; what was wrong with it before is not held against it."""
    bare = as_file(programme, ())
    known = faults(replace(bare, cohorts=(before,))) if before else []
    _expect_sound(replace(bare, cohorts=(part,)), [path for path, _reason in known])


def criterion_key(text: str, taken: Collection[str]) -> str:
    """A name for a new criterion, of its first words; the file wants one, and nobody else sees it."""
    plain = text.lower().translate(_PLAIN)
    stem = "_".join(re.findall(r"[a-z0-9]+", plain)[:4])[:50].lstrip("0123456789_") or "krav"
    numbered = (stem if number == 1 else f"{stem}_{number}" for number in count(1))
    return next(key for key in numbered if key not in taken)


_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
