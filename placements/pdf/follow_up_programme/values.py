"""What stands on the programme of a follow-up day, as plain values."""

from __future__ import annotations

from typing import TypedDict


class Topic(TypedDict):
    """Without a module the topic is about the whole programme."""

    text: str
    module: str


class Values(TypedDict):
    """`dated` is ISO; what is not planned yet is empty. `contact` is whom to tell when one cannot come."""

    reference: str
    dated: str
    issuer: str
    programme: str
    cohort: str
    number: int
    day: str
    time: str
    place: str
    teachers: list[str]
    contact: list[str]
    topics: list[Topic]
