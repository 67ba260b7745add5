"""On which line each key of a TOML text stands; `tomllib` forgets it.

A path names a value as one would reach it in the parsed document: `("modules", 2, "hours")`. The text must
have been accepted by `tomllib` before, so what is wrong TOML need not be noticed here.
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY_PART = re.compile(r'"(?:\\.|[^"\\])*"|' r"'[^']*'|[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|' r"'''.*?'{3,5}(?!')|" r'"(?:\\.|[^"\\])*"|' r"'[^']*'", re.DOTALL
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


def locate(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, key and array element; the document itself is `()` on line 1."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of the value, or of the nearest one around it (what is missing has no line of its own)."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.lines: dict[Path, int] = {(): 1}
        self.tables: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        here: Path = ()
        self.take(_BETWEEN)
        while self.at < len(self.text):
            if self.ahead("["):
                here = self.header()
            else:
                self.pair(here)
            self.take(_BETWEEN)
        return self.lines

    def ahead(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        taken = found.group() if found else ""
        self.at += len(taken)
        self.line += taken.count("\n")
        return taken

    def skip(self, sign: str) -> None:
        self.at += len(sign)

    def header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; inside an array of tables the last one is meant."""
        brackets = 2 if self.ahead("[[") else 1
        self.skip("[" * brackets)
        *parents, last = self.dotted_key()
        self.skip("]" * brackets)
        path: Path = ()
        for part in parents:
            path = self.newest((*path, part))
        path = (*path, last)
        return self.next_table(path) if brackets == 2 else self.plain_table(path)

    def newest(self, path: Path) -> Path:
        self.lines.setdefault(path, self.line)
        return (*path, self.tables[path]) if path in self.tables else path

    def next_table(self, path: Path) -> Path:
        self.tables[path] = self.tables.get(path, -1) + 1
        self.lines.setdefault(path, self.line)
        self.lines[(*path, self.tables[path])] = self.line
        return (*path, self.tables[path])

    def plain_table(self, path: Path) -> Path:
        self.lines[path] = self.line
        return path

    def pair(self, here: Path) -> None:
        line, keys = self.line, self.dotted_key()
        path = here
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.skip("=")
        self.value(path)

    def dotted_key(self) -> list[str]:
        self.take(_BLANK)
        keys = [_unquoted(self.take(_KEY_PART))]
        while self.take(_DOT):
            keys.append(_unquoted(self.take(_KEY_PART)))
        self.take(_BLANK)
        return keys

    def value(self, path: Path) -> None:
        self.take(_BLANK)
        if self.ahead("["):
            self.array(path)
        elif self.ahead("{"):
            self.inline_table(path)
        else:
            self.take(_STRING if self.ahead('"') or self.ahead("'") else _SCALAR)

    def array(self, path: Path) -> None:
        self.skip("[")
        self.take(_BETWEEN)
        number = 0
        while not self.ahead("]"):
            self.lines[(*path, number)] = self.line
            self.value((*path, number))
            self.after_element()
            number += 1
        self.skip("]")

    def inline_table(self, path: Path) -> None:
        self.skip("{")
        self.take(_BETWEEN)
        while not self.ahead("}"):
            self.pair(path)
            self.after_element()
        self.skip("}")

    def after_element(self) -> None:
        self.take(_BETWEEN)
        if self.ahead(","):
            self.skip(",")
            self.take(_BETWEEN)


def _unquoted(part: str) -> str:
    if part[:1] not in ('"', "'"):
        return part
    [key] = tomllib.loads(f"{part} = 0")
    return key
