"""The figures as Markdown, with what they mean."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import pysqlite3.dbapi2

BARE = "bare page"
METHOD = """
**How it is measured.** A coordinator of both programmes sees every placement. *First page*: the board as it opens.
*Filtered*: by sector and status. *Searched by name*: the first and last name of a student. *Row opened* and *row saved*:
the editor of one row, fetched and sent; a save writes the placement and its history to the disk. The *bare page* is a
Flask application with nothing else in it (no sign-in, no layout): one read by primary key, and a plain template with the
texts of fifty rows of the board. The board's pages are whole: session, sign-in, token, headers, log line, menu, filters.

All pages are called in one process as a server calls them (WSGI, without a network), on the same SQLite database, each
{warm} times before it counts. Instructions are counted by valgrind's callgrind (user space, the least of {counted}
calls) and do not depend on the machine's other work; processor time is the median of {rounds} calls in turn.
""".strip()


@dataclass(frozen=True)
class Result:
    """Of one database: instructions and milliseconds of each page."""

    placements: int
    instructions: dict[str, int]
    milliseconds: dict[str, float]


def report(results: list[Result]) -> str:
    from bench.counting import COUNTED
    from bench.pages import WARM
    from bench.timing import ROUNDS

    few, many = results
    method = METHOD.format(warm=WARM, counted=COUNTED, rounds=ROUNDS)
    return "\n\n".join([_table(few, many), method, _machine()])


def _table(few: Result, many: Result) -> str:
    head = (
        f"| page | {few.placements:,}: M instructions | × bare | ms | × bare "
        f"| {many.placements:,}: M instructions | × bare | ms | × bare | growth (instructions) | growth (time) |"
    )
    rule = "| --- |" + " ---: |" * 10
    return "\n".join([head, rule, *(_line(name, few, many) for name in few.instructions)])


def _line(name: str, few: Result, many: Result) -> str:
    cells = [name]
    for result in (few, many):
        count, time = result.instructions[name], result.milliseconds[name]
        cells += [
            f"{count / 1e6:.2f}",
            f"{count / result.instructions[BARE]:.2f}",
            f"{time:.2f}",
            f"{time / result.milliseconds[BARE]:.2f}",
        ]
    cells += [
        f"{many.instructions[name] / few.instructions[name]:.2f}",
        f"{many.milliseconds[name] / few.milliseconds[name]:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {pysqlite3.dbapi2.sqlite_version}, "
        f"{platform.system()} {platform.machine()}."
    )
