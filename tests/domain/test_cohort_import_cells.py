"""Messy workbooks, cell by cell: what is read as it was meant, and what is refused in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from placements.domain import cohort_import_files, cohort_import_rows
from placements.domain.cohort_import_cells import Calendar, Unreadable, day
from placements.domain.cohort_import_files import Moment
from placements.domain.cohort_import_rows import Rows
from tests.domain import workbooks
from tests.domain.workbooks import ANNA, BO, BROEN, NORD, book, changed, saved, sheets


def read(content: bytes, fixes: Mapping[str, str] | None = None) -> Rows:
    return cohort_import_rows.read(cohort_import_files.read(content), fixes or {})


def put(title: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        made[title][cell] = value

    return change


def told(rows: Rows) -> list[tuple[str, str, str, str | None]]:
    """Place, what stands there, what is wrong, what is offered."""
    return [(str(p.place.words()), p.found, str(p.sentence), p.fix) for p in rows.problems]


DATE = "Datoen kan ikke læses. Skriv den som 6.1.2025 eller 2025-01-06."
UNPRINTABLE = "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet. Skriv teksten uden det, og prøv igen."
MAIL = "E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk."
FORMULA = (
    "Her står en formel eller en fejl fra Excel, og den regnes ikke ud. "
    "Skriv selve værdien (Indsæt speciel, Værdier)."
)


@pytest.mark.parametrize(
    ("title", "cell", "value", "where", "sentence", "fix"),
    [
        ("Studerende", "A2", None, "A (Navn)", "Feltet er tomt, og det skal udfyldes.", None),
        ("Studerende", "A2", "   ", "A (Navn)", "Feltet er tomt, og det skal udfyldes.", None),
        ("Studerende", "A2", "=1+1", "A (Navn)", FORMULA, None),
        ("Studerende", "A2", '=HYPERLINK("http://evil.example","Anna")', "A (Navn)", FORMULA, None),
        ("Studerende", "A2", True, "A (Navn)", "Her skal stå tekst.", None),
        ("Studerende", "A2", "Anna 漢", "A (Navn)", UNPRINTABLE, None),
        ("Praktiksteder", "A2", "漢 Team", "A (Organisation)", UNPRINTABLE, None),
        ("Studerende", "B2", "anna(at)example,org", "B (E-mail)", MAIL, "anna@example.org"),
        ("Studerende", "B2", "anna", "B (E-mail)", MAIL, None),
        ("Studerende", "D2", "Vborg", "D (Kommune)", "Den kommune kendes ikke.", "Viborg"),
        ("Studerende", "D2", "Atlantis Xyz", "D (Kommune)", "Den kommune kendes ikke.", None),
        ("Studerende", "F2", "9/9/24", "F (Startdato)", DATE, "9.9.2024"),
        ("Studerende", "F2", "9. september 2024", "F (Startdato)", DATE, "9.9.2024"),
        ("Studerende", "F2", 45544, "F (Startdato)", DATE, "9.9.2024"),
        ("Studerende", "F2", "i morgen", "F (Startdato)", DATE, None),
        ("Studerende", "F2", "31.2.2025", "F (Startdato)", "Den dato findes ikke i kalenderen.", None),
        (
            "Studerende",
            "F2",
            "9.9.0204",
            "F (Startdato)",
            "Årstallet ser ikke rigtigt ud. Skriv datoen som 6.1.2025.",
            None,
        ),
        (
            "Praktiksteder",
            "C2",
            "region",
            "C (Sektor)",
            "Sektoren kan være regional, kommunal eller civil.",
            "regional",
        ),
        ("Praktiksteder", "G2", "to", "G (Pladser)", "Skriv et helt tal fra 0 til 200.", None),
        ("Praktiksteder", "G2", "2 stk.", "G (Pladser)", "Skriv et helt tal fra 0 til 200.", "2"),
        ("Praktiksteder", "G2", 1.5, "G (Pladser)", "Skriv et helt tal fra 0 til 200.", None),
        ("Praktiksteder", "G2", -1, "G (Pladser)", "Skriv et helt tal fra 0 til 200.", None),
        (
            "Praktik",
            "F2",
            "ca. 6 timer",
            "F (Timer pr. uge)",
            "Skriv et antal timer om ugen mellem 1 og 37.",
            "6",
        ),
        ("Praktik", "F2", 60, "F (Timer pr. uge)", "Skriv et antal timer om ugen mellem 1 og 37.", None),
    ],
)
def test_read_refuses_a_bad_cell_in_its_place(
    title: str, cell: str, value: Any, where: str, sentence: str, fix: str | None
) -> None:
    rows = read(changed(put(title, cell, value)))
    assert [(place, said, offered) for place, _found, said, offered in told(rows)] == [
        (f"{title}, række 2, kolonne {where}", sentence, fix)
    ]
    if fix:
        mended = read(changed(put(title, cell, value)), {f"{title}!{cell}": fix})
        assert told(mended) == []


@pytest.mark.parametrize(
    ("title", "cell", "value", "key", "meant"),
    [
        ("Studerende", "A2", "  Anna \n Holm ", "name", "Anna Holm"),
        ("Studerende", "B2", " Anna@Example.ORG ", "email", "anna@example.org"),
        ("Studerende", "C2", 20000001, "phone", "20000001"),
        ("Studerende", "C2", "+45 20 00", "phone", "+45 20 00"),
        ("Studerende", "D2", "viborg kommune", "municipality", "Viborg"),
        ("Studerende", "D2", "Koebenhavn", "municipality", "København"),
        ("Studerende", "F2", datetime(2024, 9, 9), "starts_on", date(2024, 9, 9)),  # noqa: DTZ001
        ("Studerende", "F2", date(2024, 9, 9), "starts_on", date(2024, 9, 9)),
        ("Studerende", "F2", "09.09.2024", "starts_on", date(2024, 9, 9)),
        ("Studerende", "F2", None, "starts_on", None),
    ],
)
def test_read_takes_a_cell_as_it_was_meant(title: str, cell: str, value: Any, key: str, meant: Any) -> None:
    rows = read(changed(put(title, cell, value)))
    assert (told(rows), getattr(rows.students[0], key)) == ([], meant)


def test_read_counts_days_in_the_workbooks_own_system() -> None:
    """Excel has two: from 1900, and from 1904 on an old Mac."""

    def change(made: Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904
        made["Studerende"]["F2"] = datetime(2024, 9, 9)  # noqa: DTZ001
        made["Studerende"]["F3"] = 45544 - 1462

    rows = read(changed(change))
    assert rows.students[0].starts_on == date(2024, 9, 9)
    assert told(rows) == [("Studerende, række 3, kolonne F (Startdato)", "44082", DATE, "9.9.2024")]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    def change(made: Workbook) -> None:
        cell = made["Studerende"]["A2"]
        cell.value = "=SUM(A1:A9)"
        cell.data_type = "s"

    rows = read(changed(change))
    assert (told(rows), rows.students[0].name) == ([], "=SUM(A1:A9)")


def test_merged_cells_are_refused_but_above_the_headings() -> None:
    def change(made: Workbook) -> None:
        sites = made["Praktiksteder"]
        sites["A3"] = None
        sites.merge_cells("A2:A3")
        students = made["Studerende"]
        students.insert_rows(1, 2)
        students["A1"] = "Peer-uddannelsen 2024"
        students.merge_cells("A1:F1")

    content = changed(change)
    rows = read(content)
    assert told(rows) == [
        (
            "Praktiksteder, række 3, kolonne A (Organisation)",
            "Region Midtjylland",
            "Cellen er slået sammen med A2. Ophæv det, og skriv værdien i hver celle.",
            "Region Midtjylland",
        )
    ]
    assert [student.number for student in rows.students] == [4, 5]
    mended = read(content, {"Praktiksteder!A3": "Region Midtjylland"})
    assert [site.organisation for site in mended.sites] == ["Region Midtjylland"] * 2


def test_empty_rows_and_trailing_blanks_are_nothing() -> None:
    def change(made: Workbook) -> None:
        sheet = made["Studerende"]
        sheet.insert_rows(3, 2)
        sheet["A40"], sheet["B40"], sheet["H2"] = "  ", "", " "

    rows = read(changed(change))
    assert (told(rows), [student.number for student in rows.students]) == ([], [2, 5])


def test_a_student_stands_once() -> None:
    rows = read(saved(book(students=[ANNA, BO, ["Anna H.", "ANNA@example.org "]])))
    assert told(rows) == [
        (
            "Studerende, række 4, kolonne B (E-mail)",
            "anna@example.org",
            "E-mailen står også i række 2. Hver deltager står én gang.",
            None,
        )
    ]
    assert [option.key for option in rows.problems[0].options] == ["Studerende!4"]
    assert told(read(saved(book(students=[ANNA, BO, ANNA])), {"Studerende!4": ""})) == []


# Headings and sheets


def headed(*headings: str) -> Rows:
    return read(saved(sheets({"Studerende": [headings, ANNA], "Praktiksteder": [workbooks.SITES]})))


def test_headings_are_read_however_they_are_spelled() -> None:
    rows = headed(" NAVN", "e mail", "Tlefon", "kommune:", "Maalgruppe", "START DATO")
    assert (told(rows), rows.students[0].phone, len(rows.students)) == ([], "20 00 00 01", 1)
    assert [str(note) for note in rows.notes] == [
        "Arket Praktik er ikke med i filen.",
        "Studerende, række 1, kolonne C: »Tlefon« er læst som Telefon.",
    ]


def test_a_doubtful_heading_is_asked_about_and_an_extra_one_named() -> None:
    rows = headed("Navn", "Mailadresse", "Telefon", "Kommune", "Målgruppe", "Yndlingsfarve")
    assert told(rows) == [
        (
            "Studerende, række 1, kolonne B",
            "Mailadresse",
            "Kolonnen E-mail mangler. Er det denne?",
            "E-mail",
        )
    ]
    assert "Studerende, række 1, kolonne F: kolonnen »Yndlingsfarve« er ikke med." in map(str, rows.notes)


def test_two_columns_of_one_name_are_a_question() -> None:
    rows = headed("Navn", "E-mail", "Telefon", "Kommune", "Målgruppe", "E-MAIL")
    assert told(rows) == [
        (
            "Studerende, række 1, kolonne F",
            "E-MAIL",
            "Der er to kolonner med den overskrift. Slet eller omdøb den ene.",
            None,
        )
    ]


@pytest.mark.parametrize(
    ("titles", "problems"),
    [
        (("Studerende", "Praktiksteder"), []),
        (("STUDERENDE ", "praktik-steder", "Praktik"), []),
        (("Studerende", "Praktik"), ["Arket Praktiksteder"]),
        (("Deltagere", "Praktiksteder"), ["Arket Studerende"]),
    ],
)
def test_a_missing_sheet_is_named(titles: tuple[str, ...], problems: list[str]) -> None:
    content = {
        "S": [workbooks.STUDENTS, ANNA],
        "P": [workbooks.PRACTICUM],
    }
    made = {
        title: content["S"]
        if title[0] in "SD"
        else [workbooks.SITES, NORD]
        if "sted" in title
        else content["P"]
        for title in titles
    }
    assert [str(problem.place.words()) for problem in read(saved(sheets(made))).problems] == problems


def spelled(heading: str) -> st.SearchStrategy[str]:
    """The same heading by another hand."""
    letters = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe"})
    variants = [
        heading,
        heading.upper(),
        heading.lower().translate(letters),
        f"  {heading} ",
        heading.replace("-", " "),
    ]
    return st.sampled_from(variants)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_columns_may_stand_in_any_order_and_spelling(data: st.DataObject) -> None:
    def shuffled(headings: list[str], *rows: list[Any]) -> list[list[Any]]:
        order = data.draw(st.permutations(range(len(headings))))
        typed = [data.draw(spelled(headings[i])) for i in order]
        return [typed, *([row[i] for i in order] for row in rows)]

    made = sheets(
        {
            "Praktiksteder": shuffled(workbooks.SITES, NORD, BROEN),
            "Studerende": shuffled(workbooks.STUDENTS, ANNA, BO),
            "Praktik": shuffled(workbooks.PRACTICUM, workbooks.ANNA_AT_NORD),
        }
    )
    rows, plain = read(saved(made)), read(saved(book()))
    assert told(rows) == []
    for name in ("students", "sites", "practicum"):
        values = [
            [
                tuple(getattr(row, key) for key in row.__dataclass_fields__ if key != "layout")
                for row in getattr(r, name)
            ]
            for r in (rows, plain)
        ]
        assert values[0] == values[1]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_way_to_write_a_day_is_the_same_day(written: date) -> None:
    calendar = Calendar()
    danish = f"{written.day}.{written.month}.{written.year}"
    assert [day(value, calendar) for value in (danish, written.isoformat(), Moment(written))] == [written] * 3
    for doubtful in (f"{written.day}/{written.month}-{written.year}", f"{written:%d-%m-%Y}"):
        with pytest.raises(Unreadable) as refused:
            day(doubtful, calendar)
        assert refused.value.fix in {None, danish}
