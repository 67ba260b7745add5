"""Do something in a transaction of its own, as a view would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain.rules import RuleBroken


def save(session: Session, action: Callable[[], Any]) -> Any:
    session.rollback()
    with writing():
        done = action()
        session.commit()
    return done


def refusal(session: Session, action: Callable[[], object]) -> RuleBroken:
    """What is said, and nothing is kept."""
    session.rollback()
    with writing(), pytest.raises(RuleBroken) as refused:
        action()
    session.rollback()
    return refused.value
