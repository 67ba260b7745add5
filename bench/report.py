"""The figures as Markdown, with what they mean."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import pysqlite3.dbapi2

from bench.pages import ALONE, COUNTED, WARM, WITHIN
from bench.timing import ROUNDS

METHOD = """
*First page*: the board as it opens, for a coordinator of both programmes, who sees every placement.
*Filtered*: by sector and status. *Searched by name*: first and last name of a student. *Row opened*, *row
saved*: the editor of one row, fetched and sent by htmx; a save writes the placement and its history to the
disk. All but these two are whole pages.

*Bare page*: one read by primary key and the texts of fifty rows of the board in a plain template, without a
layout. *Flask alone* serves it without session, sign-in, token, headers or log; *same application* serves
it as any page of the product that asks who you are.

All pages are called in one process as a server calls them (WSGI, no network), on the same SQLite database,
each {warm} times before it counts. Instructions are counted by valgrind's callgrind, user space, the least
of {counted} calls. Processor time is the median of {rounds} calls, the pages taking turns. What depends on
the address and the choices alone (filter, table head) is kept between calls, as it is in use; query, rows
and count are made anew each time. The search finds fifty rows and more among many placements, and only a
few among few.
""".strip()


@dataclass(frozen=True)
class Result:
    """Of one database: instructions and milliseconds of each page."""

    placements: int
    instructions: dict[str, int]
    milliseconds: dict[str, float]


def report(results: list[Result]) -> str:
    few, many = results
    sizes = few.placements, many.placements
    millions = [{name: count / 1e6 for name, count in result.instructions.items()} for result in results]
    return "\n\n".join(
        [
            "### Millions of instructions",
            _table(sizes, millions[0], millions[1]),
            "### Milliseconds of processor time",
            _table(sizes, few.milliseconds, many.milliseconds),
            METHOD.format(warm=WARM, counted=COUNTED, rounds=ROUNDS),
            _machine(),
        ]
    )


def _table(sizes: tuple[int, int], few: dict[str, float], many: dict[str, float]) -> str:
    columns = [text for size in sizes for text in (f"{size:,}", "× Flask alone", "× same application")]
    head = f"| page | {' | '.join(columns)} | growth |"
    rule = "| --- |" + " ---: |" * (len(columns) + 1)
    return "\n".join([head, rule, *(_line(name, few, many) for name in few)])


def _line(name: str, few: dict[str, float], many: dict[str, float]) -> str:
    figures = [
        figure
        for costs in (few, many)
        for figure in (costs[name], costs[name] / costs[ALONE], costs[name] / costs[WITHIN])
    ]
    return f"| {name} | {' | '.join(f'{figure:.2f}' for figure in [*figures, many[name] / few[name]])} |"


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {pysqlite3.dbapi2.sqlite_version}, "
        f"{platform.system()} {platform.machine()}."
    )
