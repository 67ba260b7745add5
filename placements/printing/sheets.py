"""What is printed anew each time and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements import pdf
from placements.domain import attendance_sheets
from placements.domain.emergency_contacts import Sheet
from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind
from placements.pdf.attendance_sheet import context as attendance_context
from placements.pdf.emergency_sheet import context as emergency_context
from placements.pdf.talk import context as talk_context
from placements.printing import paper


def talk_sheet(placement: Placement, kind: TalkKind, talk: Talk | None) -> tuple[str, bytes]:
    """File name and bytes of a talk as it stands, or of the empty form."""
    rendered = paper.printed("talk", talk_context.build(placement, kind, talk))
    return rendered.filename, rendered.pdf


def emergency_sheet(sheet: Sheet, *, on: date, locale: str) -> pdf.Rendered:
    """Printed anew each time and kept nowhere."""
    return paper.printed(
        "emergency_sheet",
        emergency_context.build(
            sheet.placement,
            named=sheet.named,
            at_unit=sheet.at_unit,
            coordinators=sheet.coordinators,
            on=on,
            locale=locale,
        ),
        locale,
    )


def attendance_sheet(sheets: Sequence[attendance_sheets.Sheet], *, locale: str) -> pdf.Rendered:
    """Printed anew each time and kept nowhere."""
    return paper.printed("attendance_sheet", attendance_context.build(sheets, locale=locale), locale)
