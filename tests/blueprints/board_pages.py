"""What the tests of the board read from its pages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def students(answer: Any) -> list[str]:
    """The names in the rows, from the top."""
    return re.findall(r'<th scope="row"><a href="/placements/\d+">([^<]+)</a>', answer.text)


def fields(answer: Any) -> dict[str, str]:
    """What the editor would send as it stands."""
    form = answer.text[answer.text.index('class="row-editor"') :]
    inputs = re.findall(r"<input[^>]*>", form)
    typed = {tag[1]: unescape(_attribute(str(tag[0]), "value")) for tag in _named(inputs)}
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = [tag for tag in re.findall(r"<option[^>]*>", options) if "selected" in tag]
        typed[name] = _attribute(chosen[0], "value") if chosen else ""
    return typed


def _named(tags: list[str]) -> list[tuple[str, str]]:
    return [(tag, _attribute(tag, "name")) for tag in tags if _attribute(tag, "name")]


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def choices(answer: Any, name: str) -> list[str]:
    found = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', answer.text, re.DOTALL)
    assert found is not None
    return [unescape(text) for text in re.findall(r"<option[^>]*>([^<]*)<", found[1])]
