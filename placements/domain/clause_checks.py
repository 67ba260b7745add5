"""A text of one's own with words filled in: refused while something in it cannot be read."""

from __future__ import annotations

from placements import clause_language
from placements.clause_language import Names
from placements.domain.rules import RuleBroken
from placements.i18n import _


def refuse_bad(text: str | None, names: Names) -> None:
    """None takes the shipped text back. `names` are what may be filled in."""
    if text is None:
        return
    if not text.strip():
        raise RuleBroken(_("Skriv en tekst, eller tag den medfølgende tilbage."), field="text")
    if found := clause_language.problems(text, names):
        first = found[0]
        raise RuleBroken(
            _("Linje %(line)s: %(sentence)s", line=first.line, sentence=first.sentence), field="text"
        )
