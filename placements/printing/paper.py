"""The printer and the seal, as the rest of the application asks them, and what several documents need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import pdf, sealing
from placements.domain import documents
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.documents import Document, DocumentKind
from placements.models.follow_up_days import FollowUpDay
from placements.pdf.attachments import Attachment, as_plain, from_plain

MARK, ATTACHED = "sealed_by_test", "attachments"
"""Kept among the values of a frozen document, and no part of what was written in it."""
SECONDS_IN_A_CHANGE = 8.0
"""What is kept is printed within the change that it belongs to, and on SQLite everybody who wants to write
waits meanwhile: for a worker, for one that is warming up, for the page and for the timestamp. All of it
together is less than they wait (`db.BUSY_SECONDS`).
"""


def printed(
    document: str, values: Mapping[str, Any], locale: str = "da", attachments: Sequence[Attachment] = ()
) -> pdf.Rendered:
    """A page without a seal. Raises `RuleBroken` with the printer's own sentence."""
    return _page(document, _as_written(values), locale, attachments)


def printed_many(document: str, pages: Sequence[pdf.Page]) -> Iterator[pdf.Rendered]:
    """Each without a seal, in order, by all workers at once. Raises `RuleBroken` at one that cannot be."""
    for page in pdf.render_many(document, pages):
        if isinstance(page, pdf.RenderError):
            raise RuleBroken(page.sentence) from page
        yield page


def bound(parts: Iterable[bytes], *, title: str) -> bytes:
    """Whole documents as one file for the printer. Raises `RuleBroken`."""
    with TemporaryDirectory() as folder:
        files, whole = [], Path(folder) / "bound.pdf"
        for number, part in enumerate(parts):
            files.append(Path(folder) / f"{number}.pdf")
            files[-1].write_bytes(part)
        try:
            pdf.bind(files, whole, title=title)
        except pdf.RenderError as error:
            raise RuleBroken(error.sentence) from error
        return whole.read_bytes()


def offered(
    session: Session,
    kind: DocumentKind,
    number: str,
    document: str,
    values: Mapping[str, Any],
    *,
    now: datetime,
) -> Document:
    """Printed and kept for somebody to sign: not sealed, as it is not final."""
    written = _as_written(values)
    page = _page(document, written, seconds=SECONDS_IN_A_CHANGE)
    return documents.freeze(session, kind, number, document, page, written, now=now)


def frozen(
    session: Session,
    kind: DocumentKind,
    number: str,
    document: str,
    values: Mapping[str, Any],
    *,
    attachments: Sequence[Attachment] = (),
    stamped: bool = False,
    now: datetime,
) -> Document:
    """Printed, sealed and kept: everything that is handed out as final. Raises `RuleBroken`."""
    sealer = sealing.current()
    kept = _as_written(values)
    if sealer.is_test:
        kept[MARK] = True
    if attachments:
        kept[ATTACHED] = as_plain(attachments)
    page = _page(document, kept, attachments=attachments, stamped=stamped, seconds=SECONDS_IN_A_CHANGE)
    try:
        sealed = sealer.seal(page.pdf, now=now)
    except sealing.SealingFailed as failed:
        raise RuleBroken(failed.sentence) from failed
    return documents.freeze(session, kind, number, document, page, kept, sealed=sealed, now=now)


def printed_again(document: Document) -> pdf.Rendered:
    """The page under the seal, from the values kept: the same bytes as long as the templates are the same."""
    if document.template is None:
        raise ValueError("it was kept before documents said what they were printed from")
    attachments = from_plain(document.printed.get(ATTACHED, []))
    stamped = pdf.is_stamped(document.template_version)
    return _page(document.template, document.printed, attachments=attachments, stamped=stamped)


def _page(
    document: str,
    values: Mapping[str, Any],
    locale: str = "da",
    attachments: Sequence[Attachment] = (),
    stamped: bool = False,
    seconds: float | None = None,
) -> pdf.Rendered:
    try:
        return pdf.render(
            document, values, locale=locale, attachments=attachments, stamped=stamped, seconds=seconds
        )
    except pdf.RenderError as error:
        raise RuleBroken(error.sentence) from error


def _as_written(values: Mapping[str, Any]) -> dict[str, Any]:
    """A document is often made of what an earlier one said: its seal and its attachments are its own."""
    return {key: value for key, value in values.items() if key not in (MARK, ATTACHED)}


def follow_up_days(session: Session, cohort: Cohort) -> Sequence[FollowUpDay]:
    return session.scalars(
        select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
    ).all()
