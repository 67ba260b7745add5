"""Does what was frozen print again as it was? A check of the printer, not of what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.rules import RuleBroken
from placements.models.documents import Document
from placements.pdf import Rendered
from placements.printing import paper


@dataclass(frozen=True, slots=True)
class Compared:
    """How many came out alike, how many cannot be compared, and the ids of those that came out otherwise."""

    alike: int
    not_comparable: int
    differing: list[int]


def compared(session: Session) -> Compared:
    """What the present templates printed: of each older version one is printed, to see that it is older."""
    alike, others, differing, older = 0, 0, [], set[tuple[str | None, str]]()
    for document in _printed(session):
        version = (document.template, document.template_version)
        page = None if version in older else _again(document)
        if page is None or page.template_version != document.template_version:
            others += 1
            if page is not None:
                older.add(version)
        elif page.sha256 == document.page_sha256:
            alike += 1
        else:
            differing.append(document.id)
    return Compared(alike, others, differing)


def _printed(session: Session) -> Iterator[Document]:
    known = select(Document.id).where(Document.template.is_not(None), Document.page_sha256.is_not(None))
    for id_ in session.scalars(known.order_by(Document.id)).all():
        if document := session.get(Document, id_):
            yield document
            session.expunge(document)


def _again(document: Document) -> Rendered | None:
    """None when the templates of today cannot print it, or there is none of that name any more."""
    try:
        return paper.printed_again(document)
    except (RuleBroken, ValueError):
        return None
