"""What one version of an agreement says otherwise than the one before: rows by label, text by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from placements.i18n import _
from placements.pdf.agreement.values import Change, Section

_SENTENCE = re.compile(r"(?<=[.!?:]) +(?=[^\W\d_])")
Said = Mapping[str, Any]


def between(before: Said, after: Said) -> list[Change]:
    """In the order of the sections. Both are `Values` in one language; who has signed is no difference."""
    earlier = {part["number"]: part for part in before["sections"]}
    found = [*_rows(1, _("Parter"), _parties(before), _parties(after))]
    for part in after["sections"]:
        old = earlier.get(part["number"])
        number, title = part["number"], part["title"]
        found += _rows(number, title, _labelled(old), _labelled(part))
        found += _texts(number, title, _sentences(old), _sentences(part))
    return found


def _parties(values: Said) -> dict[str, str]:
    return {party["role"]: ", ".join([party["name"], *party["lines"]]) for party in values["parties"]}


def _labelled(part: Section | None) -> dict[str, str]:
    return {row["label"]: row["value"] for row in part["rows"]} if part else {}


def _rows(number: int, title: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys([*old, *new]):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield {"section": number, "title": title, "label": label, "before": before, "after": after}


def _sentences(part: Section | None) -> list[str]:
    """Rows of a table, paragraphs and points, each cut into its sentences."""
    if part is None:
        return []
    table = part["table"]
    lines = [" · ".join(row) for row in table["rows"]] if table else []
    for told in (part["clause"], part):
        if told:
            lines += [*told["paragraphs"], *told["points"]]
    return [sentence for line in lines for sentence in _SENTENCE.split(line) if sentence]


def _texts(number: int, title: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            before, after = " ".join(old[first:last]), " ".join(new[start:end])
            yield {"section": number, "title": title, "label": "", "before": before, "after": after}
