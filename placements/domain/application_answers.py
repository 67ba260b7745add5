"""What an applicant has said: kept as encrypted JSON in the application, read whole and written whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from placements import encryption
from placements.models.applications import Application


@dataclass(frozen=True, slots=True)
class Answers:
    """Empty until it is said. `declared` and `written` are by the criterion's key.

    `contact_…` is somebody who may be asked (a referee or case worker), only if the applicant wants one.
    `payment`: "agreed" with the municipality, "asking" it, or one of the programme's waivers.
    """

    email: str
    name: str = ""
    phone: str = ""
    born_on: date | None = None
    municipality: str = ""
    declared: Mapping[str, bool] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    payment: str = ""


def read(application: Application) -> Answers:
    """Raises `encryption.Unreadable`."""
    said = json.loads(encryption.show(application.answers, _place(application)))
    born = said.pop("born_on")
    return Answers(**said, born_on=date.fromisoformat(born) if born else None)


def name_of(application: Application) -> str | None:
    """For a list, which one unreadable row must not take down; None where it cannot be read."""
    try:
        return read(application).name
    except encryption.Unreadable:
        return None


def write(application: Application, answers: Answers) -> None:
    said: dict[str, Any] = asdict(answers)
    said["born_on"] = answers.born_on.isoformat() if answers.born_on else None
    application.answers = encryption.hide(json.dumps(said, ensure_ascii=False), _place(application))


def change(application: Application, **parts: Any) -> Answers:
    """Some of it said anew."""
    answers = replace(read(application), **parts)
    write(application, answers)
    return answers


def reencrypt(application: Application) -> bool:
    """With the active key, where it is not; whether anything was written."""
    if encryption.is_current(application.answers):
        return False
    write(application, read(application))
    return True


def _place(application: Application) -> str:
    return f"application.answers.{application.uid}"
