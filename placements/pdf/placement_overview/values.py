"""What stands on the overview, as plain values. The weeks of a row's cells fill the weeks of the table."""

from __future__ import annotations

from typing import TypedDict


class Month(TypedDict):
    name: str
    weeks: int


class Week(TypedDict):
    """`marked`: a follow-up day is in it; `current`: it is the week of printing."""

    number: int
    marked: bool
    current: bool


class Cell(TypedDict):
    """`kind` as on screen: empty, planned, active, done, stopped, break, follow_up; `text` says it."""

    span: int
    kind: str
    text: str


class Row(TypedDict):
    """`state` and `pauses` are the whole row in words; `unit` is empty where the reader does not see it."""

    name: str
    unit: str
    state: str
    pauses: list[str]
    cells: list[Cell]


class Seats(TypedDict):
    sector: str
    secured: int
    needed: int


class Values(TypedDict):
    """`dated` is ISO (2025-02-03). `days` is the row of the follow-up days."""

    dated: str
    slug: str
    issuer: str
    programme: str
    cohort: str
    period: str
    printed: str
    months: list[Month]
    weeks: list[Week]
    days: Row
    rows: list[Row]
    seats: list[Seats]
