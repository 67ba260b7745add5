"""How a programme's diplomas look. A frozen one never changes by it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.rules import Stale
from placements.models.diploma_designs import Accent, DiplomaBlock, DiplomaDesign
from placements.models.programmes import Programme

LONGEST_HEADING = 40
LONGEST_AIM = 300
LONGEST_NAME = 80

ALL_BLOCKS = [block.value for block in DiplomaBlock]


def of(session: Session, programme: Programme) -> DiplomaDesign:
    """What was saved; else the usual look, which is kept nowhere."""
    found = session.scalar(select(DiplomaDesign).where(DiplomaDesign.programme_id == programme.id))
    return found or draft(heading=None, aim=None, leader_name=None, leader_title=None)


def draft(
    *,
    heading: str | None,
    aim: str | None,
    leader_name: str | None,
    leader_title: str | None,
    blocks: Collection[str] = ALL_BLOCKS,
    accent: Accent = Accent.HEATHER,
) -> DiplomaDesign:
    """A design that is not kept."""
    return DiplomaDesign(
        heading=heading,
        aim=aim,
        leader_name=leader_name,
        leader_title=leader_title,
        blocks=[block for block in ALL_BLOCKS if block in blocks],
        accent=accent,
    )


def save(session: Session, programme: Programme, wanted: DiplomaDesign, *, seen: int) -> None:
    """`seen` is the version that was opened, 0 for the usual look."""
    one_at_a_time(session, f"diploma design {programme.id}")
    stored = session.scalar(select(DiplomaDesign).where(DiplomaDesign.programme_id == programme.id))
    if seen != (stored.version if stored else 0):
        raise Stale
    kept = stored or DiplomaDesign(programme_id=programme.id)
    for name in ("heading", "aim", "leader_name", "leader_title", "blocks", "accent"):
        setattr(kept, name, getattr(wanted, name))
    session.add(kept)
