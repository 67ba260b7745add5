"""The lines of keys, in every way TOML lets one write them."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.toml_lines import Path, line_of, locate


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("# top [no]\n\n  a = 1 # x = 2\n", ("a",), 3),
        ("[t]\na = 1", ("t",), 1),
        ("[t]\na = 1", ("t", "a"), 2),
        ("[ t . u ]\na = 1", ("t", "u", "a"), 2),
        ("[t.u]\n[t]\na = 1", ("t",), 2),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t",), 1),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1), 3),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1, "a"), 4),
        ("[[t]]\n[[t.u]]\n[[t.u]]\n[t.u.v]\na = 1", ("t", 0, "u", 1, "v", "a"), 5),
        ("[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\na = 1", ("t", 1, "u", 0, "a"), 5),
        ("a.b = 1\na . c = 2", ("a", "c"), 2),
        ('"a.b" = 1\n\'c "d"\' = 2', ("a.b",), 1),
        ('"a.b" = 1\n\'c "d"\' = 2', ('c "d"',), 2),
        ('"\\u00e6" = 1\n"\\"" = 2', ("æ",), 1),
        ("a = [\n  1,\n  2, # x\n\n  3,\n]\nb = 1", ("a", 2), 5),
        ("a = [\n  1,\n  2, # x\n\n  3,\n]\nb = 1", ("b",), 7),
        ("a = [[1], [\n2]]", ("a", 1, 0), 2),
        ("a = { b = 1, c = { d = [1,\n 2] } }", ("a", "c", "d", 1), 2),
        ("a = [\n{ b = 1 },\n{ b = 2 }\n]", ("a", 1, "b"), 3),
        ("a = {}\nb = []\nc = 1", ("c",), 3),
        ('a = """\n[t]\nb = 1\n"""\nb = 2', ("b",), 5),
        ('a = """x""\\""""""\nb = 2', ("b",), 2),
        ("a = '''\n# ''[t]\n'''''\nb = 2", ("b",), 4),
        ('a = "] # } \\" ["\nb = 1', ("b",), 2),
        ("a = '] # } \\'\nb = 1", ("b",), 2),
        ("a = [2024-01-01 10:00:00, 1]\nb = [1979-05-27T00:32:00-07:00]\nc = 1", ("a", 1), 1),
        ("a = [2024-01-01 10:00:00, 1]\nb = [1979-05-27T00:32:00-07:00]\nc = 1", ("c",), 3),
        ("a = 1\r\n[t]\r\nb = 2\r\n", ("t", "b"), 3),
        ('a = ["",""]\nb = ""\nc = \'\'', ("c",), 3),
        ("", (), 1),
    ],
)
def test_locate(text: str, path: Path, line: int) -> None:
    tomllib.loads(text)
    assert locate(text)[path] == line


def test_line_of_what_is_missing_is_that_of_its_table() -> None:
    lines = locate("a = 1\n[[t]]\nb = 1")
    assert line_of(("t", 0, "c", "d"), lines) == 2
    assert line_of(("c",), lines) == 1


keys = st.text("ab.\"'[]#= æ", min_size=1, max_size=4)
texts = st.text("ab\n\t\"'[]{}#=,\\ æ", max_size=8)
values = st.recursive(
    texts | st.integers() | st.booleans() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any, layout: st.DataObject) -> str:
    """The value in TOML, with breaks and remarks wherever they are allowed."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {written(item, layout)}" for key, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        gap = layout.draw(st.sampled_from(["", "\n", " # [x] = 1\n", "\n\n  "]))
        return "[" + gap + ("," + gap).join(written(item, layout) for item in value) + gap + "]"
    if isinstance(value, str) and "\\" not in value and layout.draw(st.booleans()):
        return '"""\n' + value.replace('"', '\\"') + '"""'
    return value.isoformat() if hasattr(value, "isoformat") else json.dumps(value, ensure_ascii=False)


def paths(value: Any, path: Path = ()) -> list[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, item in inner for found in paths(item, (*path, key)))]


@given(st.dictionaries(keys, values, max_size=4), st.data())
def test_locate_finds_each_value_on_its_keys_line(document: dict[str, Any], layout: st.DataObject) -> None:
    text = "".join(f"{json.dumps(key)} = {written(value, layout)}\n" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = locate(text)
    assert sorted(map(repr, lines)) == sorted(map(repr, paths(document)))
    for path, line in lines.items():
        if path and isinstance(path[-1], str):
            assert json.dumps(path[-1]) in text.split("\n")[line - 1]
