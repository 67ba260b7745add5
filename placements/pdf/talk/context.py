"""The form of a mid-way talk or a final evaluation: empty for the pen, or as it was written."""

from __future__ import annotations

from placements.formatting import long_date, moment, period
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.talks import Progress, Talk, TalkKind
from placements.pdf.language import said
from placements.pdf.talk.examples import DRAFT, SAMPLE, WORST
from placements.pdf.talk.values import Group, Question, Signature, Values
from placements.words import word

__all__ = ["DRAFT", "FILENAME", "MAX_PAGES", "SAMPLE", "WORST", "build"]

FILENAME = "samtale-{reference}.pdf"
MAX_PAGES = 6


def build(placement: Placement, kind: TalkKind, talk: Talk | None, *, locale: str = "da") -> Values:
    """Everything must be loaded. Without a talk the form is empty; the names stand on it all the same."""
    programme, day = placement.cohort.programme, placement.starts_on
    values: Values = {
        "reference": f"{placement.id}-{kind.value}",
        "dated": (talk.held_on if talk else day).isoformat(),
        "issuer": programme.organiser_on(day),
        "title": word(kind),
        "programme": f"{programme.name}, {placement.cohort.name}",
        "student": placement.student_name,
        "unit": placement.unit.name_on(day),
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "held_on": long_date(talk.held_on, locale=locale) if talk else "",
        "questions": [
            _asked(_("Hvad går godt?"), talk.goes_well if talk else None),
            _asked(_("Hvad skal der arbejdes med?"), talk.to_work_on if talk else None),
            _asked(_("Hvad har I aftalt at gøre nu?"), talk.next_steps if talk else None),
        ],
        "scale": [word(progress) for progress in Progress],
        "groups": _groups(placement, talk),
        "words": _asked(_("Den studerendes egne ord"), talk.student_words if talk else None, lines=3),
        "answer": _answer(talk),
        "signatures": _signatures(talk, locale),
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _asked(title: str, text: str | None, lines: int = 5) -> Question:
    parts = [part.strip() for part in (text or "").split("\n") if part.strip()]
    return Question(title=title, text=parts, lines=lines)


def _groups(placement: Placement, talk: Talk | None) -> list[Group]:
    """As they were marked; of a talk that is not shared or written also those without a mark."""
    places = {progress: place for place, progress in enumerate(Progress, 1)}
    marked = {mark.position: mark for mark in talk.marks} if talk else {}
    titles = {group.position: group.title for group in placement.cohort.programme.outcomes}
    titles |= {position: mark.title for position, mark in marked.items()}
    return [
        Group(title=title, chosen=places[marked[position].progress] if position in marked else 0)
        for position, title in sorted(titles.items())
    ]


def _answer(talk: Talk | None) -> str:
    if talk is None or talk.agrees is None:
        return ""
    return _("Enig") if talk.agrees else _("Ikke enig")


def _signatures(talk: Talk | None, locale: str) -> list[Signature]:
    shared = talk.shared_at if talk else None
    answered = talk.answered_at if talk else None
    return [
        Signature(
            role=_("Praktikstedet"),
            name=(talk.shared_by_name or "") if talk else "",
            when=moment(shared, locale=locale) if shared else "",
        ),
        Signature(
            role=_("Den studerende"),
            name=(talk.answered_by_name or "") if talk else "",
            when=moment(answered, locale=locale) if answered else "",
        ),
    ]
