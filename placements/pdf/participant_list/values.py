"""What stands on the list, as plain values: how to reach people, and nothing about them."""

from __future__ import annotations

from typing import TypedDict


class Person(TypedDict):
    """`lines` are the mail address and the telephone number; `unit` is where they are in practicum."""

    name: str
    audience: str
    lines: list[str]
    unit: str


class Values(TypedDict):
    """`dated` is ISO (2025-02-03). `audience` is said once when it is everybody's.

    Names alone, unless it is `in_full`.
    """

    dated: str
    slug: str
    issuer: str
    programme: str
    cohort: str
    begins: str
    printed: str
    audience: str
    in_full: bool
    people: list[Person]
