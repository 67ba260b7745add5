"""Files that a document carries (PDF/A-3, associated files): for machines, as the page is for people."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

LARGEST = 256 * 1024
MOST = 4
_NAME = re.compile(r"[\w-][\w.-]{0,79}", re.ASCII)
_MIMETYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True)
class Attachment:
    """`name` is a file name, `description` a sentence for people, `dated` the day on the paper."""

    name: str
    content: bytes
    mimetype: str
    description: str
    dated: date

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or not _MIMETYPE.fullmatch(self.mimetype):
            raise ValueError(f"not a file name and a media type: {self.name!r}, {self.mimetype!r}")
        if not 0 < len(self.content) <= LARGEST:
            raise ValueError(f"{self.name} has {len(self.content)} bytes, {LARGEST} allowed")

    def blank(self) -> Attachment:
        """One that stands in its place."""
        return replace(self, content=b"-", dated=date(2000, 1, 1))


def as_plain(attachments: Sequence[Attachment]) -> list[dict[str, str]]:
    """As it travels to the worker; and as it is kept, where it is kept with a document."""
    if len(attachments) > MOST or len({one.name for one in attachments}) < len(attachments):
        raise ValueError(f"at most {MOST} attachments, each with a name of its own")
    return [
        {
            "name": one.name,
            "content": b64encode(one.content).decode(),
            "mimetype": one.mimetype,
            "description": one.description,
            "dated": one.dated.isoformat(),
        }
        for one in attachments
    ]


def from_plain(plain: Sequence[dict[str, Any]]) -> list[Attachment]:
    """In the order of their names, as the tree of names in the file must be."""
    found = [
        Attachment(
            name=one["name"],
            content=b64decode(one["content"]),
            mimetype=one["mimetype"],
            description=one["description"],
            dated=date.fromisoformat(one["dated"]),
        )
        for one in plain
    ]
    return sorted(found, key=lambda one: one.name)
