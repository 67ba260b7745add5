"""The words of a paper register: what says that somebody was there, was not, or came late."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from placements.domain.registers import Mark
from placements.i18n import Text, _
from placements.models.attendance import AbsenceReason
from placements.models.follow_up_days import AttendanceStatus

WORD = re.compile(r"[^\W\d_]+|\d+|[✓✔×+]|(?<!\S)[-–—](?!\S)")
MOST_DIGITS = 3

PRESENT = frozenset({"x", "×", "v", "✓", "✔", "+", "1", "ja", "ok"})
THERE = frozenset({"her", "mødt", "mødte", "stede", "tilstede"})
"""Present as well; after `ikke` the opposite."""
ABSENT = frozenset({"-", "–", "—", "0", "nej", "ikke", "fravær", "fraværende", "udeblev", "udeblevet", "væk"})
EXCUSED: dict[str, AbsenceReason | None] = {
    **dict.fromkeys(("afbud", "lovligt", "lovlig", "undskyldt", "undskyld")),
    **dict.fromkeys(("syg", "sygdom", "sygemeldt"), AbsenceReason.ILLNESS),
    **dict.fromkeys(("arbejde", "job"), AbsenceReason.WORK),
    **dict.fromkeys(("familie", "barn", "barns", "sygt"), AbsenceReason.FAMILY),
    "aftale": AbsenceReason.APPOINTMENT,
    "andet": AbsenceReason.OTHER,
}
LATE = frozenset({"sent", "sen", "forsinket", "efter"})
EARLY = frozenset({"før", "tidligt", "tidligere"})
LEFT = frozenset({"gik"})
UNITS = frozenset({"min", "minut", "minutter", "m"})
BETWEEN = frozenset({"til", "for", "og", "tid", "kom", "op", "meldt", "har", "var"})
KNOWN = PRESENT | THERE | ABSENT | frozenset(EXCUSED) | LATE | EARLY | LEFT | BETWEEN


def words_of(text: str) -> list[str]:
    """In lower case; numbers and marks are words too, a dash where it stands alone."""
    return WORD.findall(text.lower())


def is_mark(words: Sequence[str], place: int, names: Collection[str]) -> bool:
    """Whether the word belongs to what is written, and not to a name (some are called Min or Sen)."""
    word = words[place]
    if word in UNITS:
        return place > 0 and words[place - 1].isdigit()
    return word.isdigit() or (word in KNOWN and word not in names)


def mark_of(words: Sequence[str]) -> Mark | Text:
    """The mark, or the sentence that says why there is none. A name alone is somebody who was there."""
    if not words or (len(words) == 1 and words[0] in PRESENT | THERE):
        return Mark()
    if len(words) == 1 and words[0] in ABSENT:
        return Mark(AttendanceStatus.ABSENT)
    minutes = _minutes(words)
    if isinstance(minutes, Text):
        return minutes
    return _settled(set(words), *minutes)


def _settled(words: set[str], late: int, early: int) -> Mark | Text:
    excused = words & EXCUSED.keys()
    absent = words & ABSENT - {"0"}
    present = (words & PRESENT - {"1"}) | (set() if "ikke" in words else words & THERE)
    if (present or late or early) and (absent or excused):
        return _("Der står både, at personen var der, og at personen ikke var der.")
    if excused:
        return Mark(AttendanceStatus.EXCUSED, reason=_reason({EXCUSED[word] for word in excused}))
    if absent:
        return Mark(AttendanceStatus.ABSENT)
    if present or late or early:
        return Mark(late=late, early=early)
    return _(
        "Det, der står ved navnet, er ikke til at læse. Skriv fx: til stede, fravær eller 15 min for sent."
    )


def _reason(found: set[AbsenceReason | None]) -> AbsenceReason | None:
    reasons = found - {None}
    if AbsenceReason.FAMILY in reasons:  # a sick child
        return AbsenceReason.FAMILY
    return reasons.pop() if len(reasons) == 1 else None


def _minutes(words: Sequence[str]) -> tuple[int, int] | Text:
    """(late, early). Each number needs a word that says which: after it, else before it."""
    numbers = [place for place, word in enumerate(words) if word.isdigit()]
    late, early = 0, 0
    for place, end in pairwise([*numbers, len(words)]):
        start = max((other + 1 for other in numbers if other < place), default=0)
        after, before = words[place + 1 : end], words[start:place]
        which = next((word for word in after if word in LATE | EARLY), None)
        which = which or next((word for word in reversed(before) if word in LATE | EARLY | LEFT), None)
        if which is None or len(words[place]) > MOST_DIGITS:
            return _("Skriv, om de %(number)s minutter er for sent eller før tid.", number=words[place][:6])
        if which in LATE:
            late += int(words[place])
        else:
            early += int(words[place])
    if not numbers and set(words) & (LATE | EARLY | LEFT):
        return _("Skriv, hvor mange minutter det var.")
    return late, early
