"""How a command ends when a rule is broken: one plain sentence on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import click

from placements.db import db, writing
from placements.domain.rules import RuleBroken

P = ParamSpec("P")
R = TypeVar("R")


def fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Broken rules end the command with their sentence; the whole command is one writing transaction."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with writing():
                return command(*args, **kwargs)
        except RuleBroken as broken:
            db.session.rollback()
            fail(str(broken.sentence))

    return run
