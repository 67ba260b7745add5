"""What stands on the form of a talk, as plain values; with empty texts it is to be filled in with a pen."""

from __future__ import annotations

from typing import TypedDict


class Question(TypedDict):
    """`lines` is the room left for writing when there is no text."""

    title: str
    text: list[str]
    lines: int


class Group(TypedDict):
    """`chosen` is the place on the scale, 0 when nothing is chosen."""

    title: str
    chosen: int


class Signature(TypedDict):
    role: str
    name: str
    when: str


class Values(TypedDict):
    """`dated` is ISO; `answer` is empty until the student has answered."""

    reference: str
    dated: str
    issuer: str
    title: str
    programme: str
    student: str
    unit: str
    period: str
    held_on: str
    questions: list[Question]
    scale: list[str]
    groups: list[Group]
    words: Question
    answer: str
    signatures: list[Signature]
