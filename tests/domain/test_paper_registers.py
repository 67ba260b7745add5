"""Reading a pasted paper register: any order and spelling, and nothing guessed (row 20)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain.paper_registers import Reading, read
from placements.domain.registers import Mark
from placements.models.attendance import AbsenceReason
from placements.models.follow_up_days import AttendanceStatus

PRESENT, ABSENT, EXCUSED = AttendanceStatus
ILL = AbsenceReason.ILLNESS
PEOPLE = {
    1: "Amalie Kjær Nørgaard",
    2: "Bo Toft Lauridsen",
    3: "Cecilie Dam",
    4: "David Aslan",
    5: "Bo Holm",
    6: "Min Sen Lee",
}


def only(line: str) -> tuple[dict[int, Mark], list[str]]:
    reading = read(line, PEOPLE)
    return dict(reading.marks), [str(problem.sentence) for problem in reading.problems]


@pytest.mark.parametrize(
    ("line", "who", "mark"),
    [
        ("Amalie Kjær Nørgaard; til stede", 1, Mark()),
        ("AMALIE KJAER NORGAARD", 1, Mark()),
        ("Kjær Nørgaard, Amalie   x", 1, Mark()),
        ("Nørgaard\tAmalie\tx", 1, Mark()),
        ("3. Cecilie ✓", 3, Mark()),
        ("- Cecilie Dam", 3, Mark()),
        ("David Maria Aslan x", 4, Mark()),
        ("x David", 4, Mark()),
        ("Cecilie D. -", 3, Mark(ABSENT)),
        ("David Aslan: ikke til stede", 4, Mark(ABSENT)),
        ("David Aslan 0", 4, Mark(ABSENT)),
        ("Amelie Nørgaard nej", 1, Mark(ABSENT)),
        ("fravær; Bo Holm", 5, Mark(ABSENT)),
        ("Bo T. Lauridsen lovligt fravær", 2, Mark(EXCUSED)),
        ("Bo Lauridsen - syg", 2, Mark(EXCUSED, reason=ILL)),
        ("Cecilie barn syg", 3, Mark(EXCUSED, reason=AbsenceReason.FAMILY)),
        ("Cecilie Dam 15 min for sent", 3, Mark(late=15)),
        ("Cecilie Dam kom 15 min. for sent, gik 20 minutter før tid", 3, Mark(late=15, early=20)),
        ("David forsinket 10 gik 5", 4, Mark(late=10, early=5)),
        ("gik 30 min før; David", 4, Mark(early=30)),
        ("Min Sen Lee 15 min for sent", 6, Mark(late=15)),
        ("Sen Lee", 6, Mark()),
    ],
)
def test_line_is_read(line: str, who: int, mark: Mark) -> None:
    assert only(line) == ({who: mark}, [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Bo x", "Det kan være Bo Toft Lauridsen, Bo Holm. Skriv hele navnet."),
        ("Cecile", "Ingen på listen hedder det. Mente du Cecilie Dam?"),
        ("David Aslan ferie", "Ingen på listen hedder det. Mente du David Aslan?"),
        ("Zarathustra", "Ingen på listen hedder det."),
        ("David 15 min", "Skriv, om de 15 minutter er for sent eller før tid."),
        ("David kom 9.15", "Skriv, om de 9 minutter er for sent eller før tid."),
        ("David for sent", "Skriv, hvor mange minutter det var."),
        ("David; x; syg", "Der står både, at personen var der, og at personen ikke var der."),
        ("til stede", "Der mangler et navn."),
        (
            "David Aslan; ferie i Spanien",
            "Det, der står efter navnet, er ikke til at læse. Skriv fx: til stede, fravær eller syg.",
        ),
        (
            "David har meldt",
            "Det, der står ved navnet, er ikke til at læse. "
            "Skriv fx: til stede, fravær eller 15 min for sent.",
        ),
    ],
)
def test_line_comes_back_with_what_to_do(line: str, sentence: str) -> None:
    assert only(line) == ({}, [sentence])


def test_paper_is_read_line_by_line() -> None:
    paper = "Navn;Status\n\nDavid;x\nBo;x\nCecilie Dam;fravær\nDavid Aslan;syg\n"
    reading = read(paper, PEOPLE)
    assert dict(reading.marks) == {4: Mark(), 3: Mark(ABSENT)}
    assert [(problem.number, problem.line) for problem in reading.problems] == [
        (4, "Bo;x"),
        (6, "David Aslan;syg"),
    ]
    assert reading.unnamed == [PEOPLE[1], PEOPLE[2], PEOPLE[5], PEOPLE[6]]


MARKS = st.one_of(
    st.sampled_from([("til stede", Mark()), ("fravær", Mark(ABSENT)), ("syg", Mark(EXCUSED, reason=ILL))]),
    st.integers(1, 180).map(lambda n: (f"{n} min for sent", Mark(late=n))),
    st.integers(1, 180).map(lambda n: (f"gik {n} min før tid", Mark(early=n))),
)


@settings(max_examples=60, deadline=None)
@given(
    marks=st.lists(MARKS, min_size=6, max_size=6),
    order=st.permutations(list(PEOPLE)),
    between=st.sampled_from(["; ", "\t", " ", ": "]),
    upper=st.booleans(),
)
def test_whatever_is_written_plainly_is_read(
    marks: list[tuple[str, Mark]], order: list[int], between: str, upper: bool
) -> None:
    """Order, case and separators do not matter."""
    said = dict(zip(PEOPLE, marks, strict=True))
    lines = "\n".join(f"{PEOPLE[number]}{between}{said[number][0]}" for number in order)
    reading = read(lines.upper() if upper else lines, PEOPLE)
    assert reading.problems == []
    assert dict(reading.marks) == {number: mark for number, (_text, mark) in said.items()}


ODDS = [
    "bo",
    "david",
    "x",
    "syg",
    "15",
    "999999",
    "min",
    "for",
    "sent",
    "før",
    "-",
    ";",
    ",",
    "0",
    "ikke",
    "1.",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ODDS)))
def test_any_text_is_read_or_comes_back(words: list[str]) -> None:
    reading: Reading = read(" ".join(words), PEOPLE)
    assert len(reading.marks) + len(reading.problems) <= 1
    for mark in reading.marks.values():
        assert mark.late >= 0
        assert mark.early >= 0
        assert mark == mark.tidy()
