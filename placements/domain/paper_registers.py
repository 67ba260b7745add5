"""Reading a paper register that was typed or pasted: on each line a name and what is written at it (row 20).

    Amalie Kjær Nørgaard; til stede      Lauridsen, Bo 15 min for sent      x Cecilie      Dam C - syg

Nothing is guessed where two readings are possible: such lines come back with a sentence and a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from placements.domain.paper_marks import is_mark, mark_of, words_of
from placements.domain.paper_names import Names
from placements.domain.registers import Mark
from placements.i18n import Text, _

LONGEST = 20_000
LONGEST_LINE = 200
HEADINGS = frozenset({"navn", "status", "fremmøde", "underskrift", "bemærkning", "nr", "kom", "gik", "kl"})
SEPARATORS = re.compile(r"[;\t|,:]+|\s+[-–—]+\s+")
NUMBERING = re.compile(r"^\s*(?:\d+\s*[.)]\s+|[-–—*•]\s+)")
UNREADABLE = _("Det, der står efter navnet, er ikke til at læse. Skriv fx: til stede, fravær eller syg.")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not understood: its number on the paper, what it says, and what to do."""

    number: int
    line: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """`marks` by enrolment. `unnamed`: who is not on the paper, and so keeps what they have."""

    marks: Mapping[int, Mark]
    problems: list[Problem]
    unnamed: list[str]


def read(text: str, people: Mapping[int, str]) -> Reading:
    """`people`: enrolment → name. Every line that says something is either read or comes back."""
    names = Names(people)
    marks: dict[int, Mark] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text[:LONGEST].splitlines(), 1):
        if not words_of(line) or set(words_of(line)) <= HEADINGS:
            continue
        found = _read_line(line, names)
        if not isinstance(found, Text) and marks.setdefault(*found) != found[1]:
            found = _("%(name)s står på to linjer, der siger noget forskelligt.", name=people[found[0]])
        if isinstance(found, Text):
            problems.append(Problem(number, " ".join(line.split())[:80], found))
    return Reading(marks, problems, [name for key, name in people.items() if key not in marks])


def _read_line(line: str, names: Names) -> tuple[int, Mark] | Text:
    """(enrolment, mark), or the sentence that says why not."""
    parts, written = _parted(NUMBERING.sub("", line[:LONGEST_LINE]), names)
    if not parts:
        return _("Der mangler et navn.")
    who = names.find([word for part in parts for word in part])
    if isinstance(who, Text):
        alone = len(parts) > 1 and not isinstance(names.find(parts[0]), Text)
        return UNREADABLE if alone else who
    mark = mark_of(written)
    return mark if isinstance(mark, Text) else (who, mark)


def _parted(line: str, names: Names) -> tuple[list[list[str]], list[str]]:
    """The words of the name, part by part, and those of what is written at it, wherever they stand."""
    name: list[list[str]] = []
    written: list[str] = []
    for part in SEPARATORS.split(line):
        words = words_of(part)
        start, end = 0, len(words)
        while end > start and is_mark(words, end - 1, names.words):
            end -= 1
        while start < end and is_mark(words, start, names.words):
            start += 1
        written += words[:start] + words[end:]
        name += [words[start:end]] if end > start else []
    return name, written
