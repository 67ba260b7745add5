"""Whom a name on paper means: in any order, in part, with initials, or with a slip of the pen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from placements.domain.paper_marks import words_of
from placements.i18n import Text, _

ALIKE = 0.75
WORTH_ASKING = 0.5
SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u"})


def fold(word: str) -> str:
    """Kjær and Kjaer, José and Jose are spelt alike."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(SPELT))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Names:
    """The people on the list."""

    def __init__(self, people: Mapping[int, str]) -> None:
        self.people = people
        self.folded = {key: [fold(word) for word in words_of(name)] for key, name in people.items()}
        self.words = {word for name in people.values() for word in words_of(name)}

    def find(self, words: Sequence[str]) -> int | Text:
        """The person, or the sentence that says why it is nobody for certain."""
        given = [fold(word) for word in words]
        for fits in (_same, _part, _slip):
            found = [key for key, own in self.folded.items() if fits(given, own)]
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(self.people[key] for key in found[:4])
                return _("Det kan være %(names)s. Skriv hele navnet.", names=names)
        return self._unknown(given)

    def _unknown(self, given: Sequence[str]) -> Text:
        text = " ".join(given)
        near = {key: _alike(text, " ".join(own)) for key, own in self.folded.items()}
        best = max(near, key=lambda key: near[key], default=None)
        if best is not None and near[best] >= WORTH_ASKING:
            return _("Ingen på listen hedder det. Mente du %(name)s?", name=self.people[best])
        return _("Ingen på listen hedder det.")


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _same(given: Sequence[str], own: Sequence[str]) -> bool:
    return sorted(given) == sorted(own)


def _part(given: Sequence[str], own: Sequence[str]) -> bool:
    """Some of the name, a word as its first letter; or the whole name with one more in the middle."""
    if len(own) > 1 and not set(own) - set(given) and (given[0], given[-1]) == (own[0], own[-1]):
        return True
    return bool(set(given) & set(own)) and _each(
        given, own, lambda one, word: len(one) == 1 and word[0] == one
    )


def _slip(given: Sequence[str], own: Sequence[str]) -> bool:
    """One word is right, and the others nearly so. A single word that is nearly right is somebody else."""
    slips = _each(given, own, lambda one, word: len(one) > 3 and _alike(one, word) >= ALIKE)
    return len(given) > 1 and bool(set(given) & set(own)) and slips


def _each(given: Sequence[str], own: Sequence[str], near: Callable[[str, str], bool]) -> bool:
    """Whether every word given is another word of the name, or near it."""
    left = list(own)
    for exact in (True, False):
        for one in given if exact else [word for word in given if word not in own]:
            match = next((word for word in left if (one == word if exact else near(one, word))), None)
            if match is not None:
                left.remove(match)
            elif not exact:
                return False
    return len(given) <= len(own)
