"""Files that are no workbook, or more of one than can be handled."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from openpyxl import load_workbook

from placements.domain import cohort_import_files, cohort_import_rows, cohort_import_templates
from placements.domain.cohort_import_files import MACROS, NO_TEXT, NO_WORKBOOK, OLD_WORKBOOK, TOO_BIG
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from tests.domain.workbooks import book, changed, saved

GOOD = saved(book())
TOO_MANY = "Der er flere end 5000 rækker i et ark. Del projektmappen i flere, og indlæs dem hver for sig."


def rezipped(name: str, content: bytes, *, instead: bool = False) -> bytes:
    """The good workbook with a part more, or another content in one."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    assert instead is (name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist())
    return file.getvalue()


def sheet_with(tag: bytes) -> bytes:
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        text = archive.read(part).replace(b"</sheetData>", b"</sheetData>" + tag)
    return rezipped(part, text, instead=True)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"Navn;E-mail\nAnna;anna@example.org\n", NO_WORKBOOK, id="a CSV renamed"),
        pytest.param(b"%PDF-1.7", NO_WORKBOOK, id="a PDF"),
        pytest.param(GOOD[:-400], NO_WORKBOOK, id="cut off"),
        pytest.param(GOOD[:300] + b"\0" * 40 + GOOD[340:], NO_WORKBOOK, id="damaged"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD_WORKBOOK, id="old or with a password"
        ),
        pytest.param(rezipped("xl/vbaProject.bin", b"macro"), MACROS, id="macros"),
        pytest.param(rezipped("xl/media/a.bin", b"\0" * 50_000_000), TOO_BIG, id="a bomb"),
        pytest.param(rezipped("xl/styles.xml", ENTITIES, instead=True), NO_TEXT, id="entities"),
        pytest.param(
            rezipped("xl/x.xml", ENTITIES.decode().encode("utf-16")), NO_TEXT, id="entities, UTF-16"
        ),
        pytest.param(rezipped("xl/x.xml", b"<a/>" * 1_000_000), TOO_MANY, id="many tags"),
        pytest.param(
            sheet_with(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), TOO_MANY, id="merged"
        ),
    ],
)
def test_read_refuses_what_it_cannot_handle(content: bytes, sentence: str) -> None:
    begun = time.monotonic()
    with pytest.raises(RuleBroken) as refused:
        cohort_import_files.read(content)
    assert (refused.value.sentence, refused.value.field) == (sentence, "file")
    assert time.monotonic() - begun < 10


def test_read_follows_no_link_to_another_workbook() -> None:
    """Such a cell is a formula, and is told as one."""
    content = changed(lambda made: made["Studerende"].__setitem__("A2", "='[andet.xlsx]Ark1'!$A$1"))
    rows = cohort_import_rows.read(cohort_import_files.read(content), {})
    assert [problem.found for problem in rows.problems] == ["='[andet.xlsx]Ark1'!$A$1"]


def test_read_handles_5000_rows_and_refuses_more() -> None:
    students = [[f"Person {n}", f"p{n}@example.org"] for n in range(5000)]
    rows = cohort_import_rows.read(cohort_import_files.read(saved(book(students, (), ()))), {})
    assert (len(rows.students), rows.problems) == (5000, [])
    with pytest.raises(RuleBroken) as refused:
        cohort_import_files.read(saved(book([*students, *students[:20]], (), ())))
    assert refused.value.sentence == TOO_MANY


def test_template_is_read_without_a_question_and_offers_lists(cohort: Cohort) -> None:
    content = cohort_import_templates.empty(cohort)
    rows = cohort_import_rows.read(cohort_import_files.read(content), {})
    assert (rows.problems, rows.students) == ([], [])
    made = load_workbook(io.BytesIO(content))
    offered = {
        str(rule.sqref): rule.formula1 for sheet in made for rule in sheet.data_validations.dataValidation
    }
    assert offered == {
        "D2:D2000": "Lister!$A$1:$A$98",
        "E2:E2000": "Lister!$B$1:$B$4",
        "C2:C2000": "Lister!$C$1:$C$3",
    }
