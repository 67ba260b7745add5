"""What every rule is made of: a sentence for a refusal, a requirement of a gate, a table of states."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class RuleBroken(Exception):
    """A full sentence for the user. `field` names the form field it belongs to, `unmet` what is missing."""

    def __init__(
        self, sentence: str, *, field: str | None = None, unmet: tuple[Requirement, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.unmet = unmet


class TooOften(RuleBroken):
    """Refused for now only: the same was asked for many times within a short while (429)."""


class Stale(Exception):
    """The record has been changed since the form was opened (409)."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a gate's checklist."""

    key: str
    text: str
    met: bool = False


Unmet = Requirement


class _Versioned(Protocol):
    version: int


def expect_version(record: _Versioned, version: int) -> None:
    """Raises `Stale` unless the form was opened on this version."""
    if record.version != version:
        raise Stale


def require(sentence: str, unmet: list[Unmet]) -> None:
    """Refuse with the sentence and the open points, if there are any."""
    if unmet:
        raise RuleBroken(sentence, unmet=tuple(unmet))


State = TypeVar("State", bound=enum.StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[State]):
    """A verb of a state table: from which states, to which."""

    sources: frozenset[State]
    target: State


def moves(**verbs: tuple[tuple[State, ...], State]) -> dict[str, Move[State]]:
    """A state table, written `propose=((DRAFT,), PROPOSED)`."""
    return {verb.rstrip("_"): Move(frozenset(sources), target) for verb, (sources, target) in verbs.items()}


def target_of(table: Mapping[str, Move[State]], verb: str, state: State, refusal: str) -> State:
    """The state that `verb` leads to. Raises `RuleBroken(refusal)` from any other state."""
    if state not in table[verb].sources:
        raise RuleBroken(refusal)
    return table[verb].target


def open_verbs(table: Mapping[str, Move[State]], state: State) -> list[str]:
    return [verb for verb, move in table.items() if state in move.sources]
