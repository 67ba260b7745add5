"""What stands in the report, as plain values: figures that say nothing about anybody."""

from __future__ import annotations

from typing import TypedDict


class Fact(TypedDict):
    """One of the large numbers at the top."""

    number: str
    label: str


class Row(TypedDict):
    label: str
    value: str


class Bar(TypedDict):
    """`percent` is the length of the bar, `text` says the same in words; a hidden one has no length."""

    label: str
    percent: int | None
    text: str


class Chart(TypedDict):
    """In the order of the answers, the hidden ones among them."""

    title: str
    bars: list[Bar]


class Section(TypedDict):
    """`lead` says what there is when there are neither rows nor charts."""

    title: str
    lead: str
    rows: list[Row]
    charts: list[Chart]


class Values(TypedDict):
    """`dated` is ISO (2025-02-03). `suppressed`: something is hidden, and the report says what that means."""

    dated: str
    slug: str
    issuer: str
    programme: str
    cohort: str
    began: str
    printed: str
    facts: list[Fact]
    sections: list[Section]
    suppressed: bool
