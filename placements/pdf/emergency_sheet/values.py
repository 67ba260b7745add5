"""What stands on the sheet, as plain values: names and numbers, nothing of what the practicum is about."""

from __future__ import annotations

from typing import TypedDict


class Person(TypedDict):
    """`role` is empty when the name says enough."""

    name: str
    role: str
    lines: list[str]


class Values(TypedDict):
    """`dated` is ISO (2025-02-03); `issuer` is the unit: the sheet is its own."""

    dated: str
    issuer: str
    student: str
    period: str
    address: str
    named: Person | None
    at_unit: list[Person]
    coordinators: list[Person]
    printed: str
