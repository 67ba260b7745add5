"""Every encrypted text in the database, whatever table it stands in: counted by its key, and written anew.

An encrypted text is a text column of a table with a `uid`, bound to `table.column.uid`; nothing else is to be
done for a new one to be found here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from placements import encryption
from placements.db import Base
from placements.domain.rules import RuleBroken
from placements.i18n import _

AT_A_TIME = 200
LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A column that may hold encrypted texts."""

    table: sa.Table
    column: sa.Column[str]

    def of(self, uid: str) -> str:
        return f"{self.table.name}.{self.column.name}.{uid}"


def places() -> list[Place]:
    return [
        Place(table, column)
        for table in Base.metadata.sorted_tables
        if "uid" in table.c
        for column in table.c
        if isinstance(column.type, sa.String)
        and not isinstance(column.type, sa.Enum)
        and column.name != "uid"
    ]


# Questions


def counts(session: Session) -> Counter[str]:
    """How many texts each key has written, by the id of the key."""
    found: Counter[str] = Counter()
    for place in places():
        begins = sa.func.substr(place.column, len(encryption.VERSION) + 2, LONGEST_ID + 1)
        hidden = place.column.startswith(f"{encryption.VERSION}.")
        found.update(one.partition(".")[0] for one in session.scalars(sa.select(begins).where(hidden)))
    return found


# Actions


@dataclass(frozen=True, slots=True)
class Batch:
    """`last`: the row to go on behind. `unreadable` are table and id of those no key opens."""

    last: int
    written: int
    unreadable: list[tuple[str, int]]


def reencrypt(session: Session, place: Place, *, behind: int) -> Batch | None:
    """Some that the active key has not written, by their row; None when there are no more.

    A text that somebody has changed meanwhile is left as it is now.
    """
    rows = session.execute(_old(place, behind)).all()
    if not rows:
        return None
    written, unreadable = 0, []
    for id_, uid, hidden in rows:
        try:
            text = encryption.show(hidden, place.of(uid))
        except encryption.Unreadable:
            unreadable.append((place.table.name, id_))
            continue
        same = place.table.c.id == id_, place.column == hidden
        value = encryption.hide(text, place.of(uid))
        session.execute(sa.update(place.table).where(*same).values({place.column.name: value}))
        written += 1
    return Batch(rows[-1][0], written, unreadable)


def _old(place: Place, behind: int) -> sa.Select[int, str, str]:
    current = f"{encryption.VERSION}.{encryption.keyring().active}."
    return (
        sa.select(place.table.c.id, place.table.c.uid, place.column)
        .where(
            place.table.c.id > behind,
            place.column.startswith(f"{encryption.VERSION}."),
            sa.not_(place.column.startswith(current)),
        )
        .order_by(place.table.c.id)
        .limit(AT_A_TIME)
    )


def batches(session: Session, place: Place) -> Iterator[Batch]:
    """Each to be committed before the next is asked for."""
    behind = 0
    while (batch := reencrypt(session, place, behind=behind)) is not None:
        yield batch
        behind = batch.last


def refuse_in_use(session: Session, ring: encryption.Keyring, name: str) -> None:
    """A key that is missed would leave texts that nobody can read."""
    if name not in ring.keys:
        raise RuleBroken(_("Der er ingen nøgle med navnet %(name)s.", name=name))
    if name == ring.active:
        raise RuleBroken(_("%(name)s er den nøgle, der skrives med nu. Lav en ny først.", name=name))
    if number := counts(session)[name]:
        raise RuleBroken(
            _(
                "%(name)s er stadig brugt i %(number)s tekster. Kør først: flask --app wsgi keys reencrypt",
                name=name,
                number=number,
            )
        )
