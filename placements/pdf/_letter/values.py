"""What every letter says, as plain values: from whom, to whom, when, and whom to ask."""

from __future__ import annotations

from typing import TypedDict


class Contact(TypedDict):
    """Who writes the letter and answers questions about it; `lines` are telephone and mail."""

    name: str
    title: str
    lines: list[str]


class Letter(TypedDict):
    """`dated` is ISO, `day` the same day in words; `sender` is one line: where it goes back to."""

    dated: str
    day: str
    issuer: str
    sender: str
    recipient: list[str]
    reference: str
    contact: Contact


NOBODY: Contact = {"name": "", "title": "", "lines": []}
