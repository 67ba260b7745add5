"""Programme files: everything wrong is named at once, each with its line."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

import pytest

from placements.domain.programme_files import BadProgrammeFile, read
from placements.domain.programme_parts import Fee, KeyDate, Weekday
from placements.models.cohorts import KeyDateKind
from placements.models.hosts import Sector
from placements.models.programmes import FeePayer, FeeWhen
from tests.domain.bad_programme_files import BAD, GOOD, UNMARKED


def problems_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadProgrammeFile) as refused:
        read(text, "north.toml")
    return [(problem.line, problem.reason) for problem in refused.value.problems]


def line_with(text: str, mark: str) -> int:
    [line] = [number for number, line in enumerate(text.split("\n"), start=1) if mark in line]
    return line


def test_read_good_file() -> None:
    programme = read(GOOD, "north.toml")
    assert programme.slug == "north"
    assert [module.hours for module in programme.modules] == [6, 6]
    assert programme.fee == Fee(payer=FeePayer.MUNICIPALITY, amount=14000, when=FeeWhen.NOT_HOME)
    assert programme.practicum
    assert programme.practicum.sectors == {Sector.REGIONAL: Decimal("0.5"), Sector.MUNICIPAL: Decimal("0.5")}
    [cohort] = programme.cohorts
    assert cohort.theory_weekdays == (Weekday.MONDAY, Weekday.WEDNESDAY)
    assert cohort.theory_time == time(9)
    assert cohort.key_dates[0] == KeyDate(
        kind=KeyDateKind.INFORMATION_MEETING,
        starts_at=datetime(2024, 6, 13, 13),  # noqa: DTZ001 - wall time, as in the file
        ends_at=datetime(2024, 6, 13, 15),  # noqa: DTZ001
    )


@pytest.mark.parametrize(("old", "new", "reason"), BAD)
def test_read_refuses(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    mark = "# !" if "# !" in text else UNMARKED[reason]
    assert problems_of(text) == [(line_with(text, mark), reason)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (GOOD + "x = [1,\n\n2", GOOD.count("\n") + 3, "Listen bliver ikke lukket med »]«."),
        (GOOD + "x = { a = 1", GOOD.count("\n") + 1, "Tabellen bliver ikke lukket med »}«."),
        ('x = """\n\n', 2, "Teksten mangler sit sidste anførselstegn."),
        ("x = " + "[" * 100_000, 1, "Linjen kan ikke læses som TOML."),
        ("x = " + "9" * 10_000, 1, "Linjen kan ikke læses som TOML."),
    ],
)
def test_read_refuses_what_never_ends(text: str, line: int, reason: str) -> None:
    assert problems_of(text) == [(line, reason)]


def test_read_refuses_an_empty_file_with_all_that_is_missing() -> None:
    assert problems_of("") == [
        (1, "Her mangler »aim«."),
        (1, "Her mangler »completion«."),
        (1, "Her mangler »modules«."),
        (1, "Her mangler »name«."),
        (1, "Her mangler »organiser«: hvem der står for uddannelsen."),
        (1, "Her mangler »slug«."),
    ]


def test_read_names_all_problems_of_all_kinds_in_order_of_lines() -> None:
    text = (
        GOOD.replace("amount = 14000", "ammount = 14000")
        .replace("weeks = 2", "weeks = 3")
        .replace("number = 2", "number = 1")
        .replace("ends_at = 2024-06-13T15:00:00", "ends_at = 2024-06-13T12:00:00\nplaces = 1")
        .replace('["monday", "wednesday"]', '["monday", "onsdag"]')
    )
    found = problems_of(text)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert [reason.split(".")[0] for _, reason in found] == [
        "Her mangler »amount«",
        "Nøglen »ammount« kendes ikke her",
        "Modulerne har tilsammen 12 timer, men teorien har 18 (uger gange undervisningsgange gange timer)",
        "Modul 1 står der to gange",
        "»theory_weekdays« kan ikke være »onsdag«",
        "»ends_at« skal ligge efter »starts_at«",
        "Nøglen »places« kendes ikke her",
    ]


def test_refusal_reads_as_one_line_for_each_problem() -> None:
    with pytest.raises(BadProgrammeFile) as refused:
        read(GOOD.replace("number = 2", "number = 1"), "north.toml")
    assert str(
        refused.value
    ) == f"north.toml, linje {GOOD[: GOOD.index('number = 2')].count(chr(10)) + 1}: " + (
        "Modul 1 står der to gange."
    )


def test_shares_of_three_thirds_need_not_be_equal() -> None:
    text = GOOD.replace("regional = 0.5, municipal = 0.5", "regional = 0.33, municipal = 0.33, civil = 0.34")
    assert read(text, "north.toml").practicum is not None


def test_criteria_may_be_tables_of_their_own() -> None:
    tables = '[[selection.criteria]]\nkey = "age"\ntext = "Fyldt 18 år."\nkind = "computed"\n'
    inline = GOOD[GOOD.index("criteria = [") : GOOD.index("[[outcomes]]")]
    selection = read(GOOD.replace(inline, tables), "north.toml").selection
    assert selection is not None
    assert [criterion.key for criterion in selection.criteria] == ["age"]
