"""The answer to an application: an offer, the waiting list, the next cohort, or no. Kind, without blame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import full_date, long_date
from placements.i18n import Text, _
from placements.pdf._letter.values import Contact
from placements.pdf.decision_letter.examples import DRAFT, EMPTY, SAMPLE, WORST
from placements.pdf.decision_letter.values import Kind, Reason, Values
from placements.pdf.language import said

__all__ = ["DRAFT", "EMPTY", "FILENAME", "REASONS", "SAMPLE", "WORST", "build"]

FILENAME = "svar-paa-ansoegning-{reference}.pdf"

REASONS: dict[Reason, Text] = {
    "many": _("Vi fik mange flere ansøgninger, end der er pladser, og har måttet vælge."),
    "other_mix": _("Vi sætter et hold sammen, hvor deltagerne har forskellige erfaringer med sig."),
    "age": _("Man skal være fyldt 18 år, når holdet begynder."),
    "residence": _("Holdet er for borgere i bestemte kommuner, og vi har ikke en aftale med din."),
    "language": _("Undervisningen foregår på dansk, både i tale og på skrift, og uden tolk."),
    "incomplete": _("Vi manglede nogle af de oplysninger, som vi bad om."),
    "talk": _("Resten vil vi hellere sige til dig end skrive i et brev. Sig til, når det passer dig."),
}
"""Each in kind words. What somebody wrote about their life or health is talked about, never written."""


def build(
    kind: Kind,
    *,
    reference: str,
    issuer: str,
    sender: str,
    recipient: Sequence[str],
    person: str,
    programme: str,
    cohort: str,
    begins: date,
    ends: date | None,
    contact: Contact,
    on: date,
    place: int = 0,
    reasons: Sequence[Reason] = (),
    answer_by: date | None = None,
    opens: date | None = None,
    paragraphs: Sequence[str] = (),
    locale: str = "da",
) -> Values:
    """`recipient` is name and address as on an envelope; `cohort` and its days are those that are offered."""
    values: Values = {
        "dated": on.isoformat(),
        "day": long_date(on, locale=locale),
        "issuer": issuer,
        "sender": sender,
        "recipient": list(recipient),
        "reference": reference,
        "contact": contact,
        "kind": kind,
        "person": person,
        "programme": programme,
        "cohort": cohort,
        "begins": full_date(begins, locale=locale),
        "ends": full_date(ends, locale=locale) if ends else "",
        "place": place,
        "reasons": [REASONS[reason] for reason in reasons] if kind == "rejection" else [],
        "answer_by": full_date(answer_by, locale=locale) if answer_by else "",
        "opens": long_date(opens, locale=locale) if opens else "",
        "paragraphs": list(paragraphs),
    }
    return said(values, locale)  # type: ignore[no-any-return]
