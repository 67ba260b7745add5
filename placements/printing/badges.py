"""The badge that a diploma carries: what it says, and the very bytes again as a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from placements import badges
from placements.domain import badges as given_badges
from placements.i18n import _
from placements.models.diplomas import Diploma
from placements.models.programmes import Programme
from placements.pdf.attachments import Attachment, from_plain
from placements.pdf.diploma.values import Values
from placements.printing import paper

MEDIA_TYPE = "application/vc+jwt"


def carried(session: Session, diploma: Diploma, values: Values, *, now: datetime) -> list[Attachment]:
    """Signed with today's key, which is published from now on; none for what has no place in a list."""
    if diploma.badge_index is None:
        return []
    issuer = badges.current()
    given_badges.publish(session, issuer.thumbprint, issuer.jwk, now=now)
    badge = Attachment(
        name=f"bevis-{diploma.number}.jwt",
        content=issuer.badge(_award(diploma, diploma.badge_index, values)).encode(),
        mimetype=MEDIA_TYPE,
        description=_("Beviset, som en maskine kan læse og kontrollere (Open Badges 3.0)"),
        dated=diploma.issued_on,
    )
    return [badge]


def of(diploma: Diploma) -> Attachment | None:
    """The one in the frozen document, byte for byte."""
    if diploma.document is None:
        return None
    kept = from_plain(diploma.document.printed.get(paper.ATTACHED, []))
    return next((one for one in kept if one.mimetype == MEDIA_TYPE), None)


def _award(diploma: Diploma, index: int, values: Values) -> badges.Award:
    """Of what is on the paper only name, programme, aim, hours, modules and weeks."""
    number, place = given_badges.list_and_place(index)
    practicum = values["practicum"]
    return badges.Award(
        number=diploma.number,
        issued_on=diploma.issued_on,
        person=values["person"],
        issuer=values["issuer"],
        issuer_slug=given_badges.slug_of(values["issuer"]),
        programme=values["programme"],
        programme_slug=diploma.enrolment.cohort.programme.slug,
        aim=values["aim"],
        criteria=_criteria(
            values["modules"], hours=values["theory_hours"], weeks=practicum["weeks"] if practicum else ""
        ),
        status_list=number,
        place=place,
    )


def achievement(programme: Programme) -> dict[str, object]:
    """What anyone may be told about what a badge was given for."""
    criteria = _criteria([module.title for module in programme.modules])
    return badges.current().achievement(programme.name, programme.slug, programme.aim, criteria)


def _criteria(modules: Sequence[str], *, hours: str = "", weeks: str = "") -> str:
    parts: list[str] = [_("Alle krav til gennemførelse er opfyldt.")]
    if hours:
        theory = (
            _("Teori: %(time)s", time=hours) if "min" in hours else _("%(hours)s timers teori", hours=hours)
        )
        parts.append(f"{theory}.".replace("..", "."))
    if modules:
        parts.append(_("Moduler: %(titles)s.", titles="; ".join(modules)))
    if weeks:
        parts.append(_("%(weeks)s ugers praktik.", weeks=weeks))
    return " ".join(parts)
