"""A process that prints samples from spoiled templates: `python -m tests.pdf.breaking FOLDER`.

It reads `Break`s as JSON and answers, for each, the PDF or the error, in the same order. FOLDER is a copy of
the templates, and is whole again after each.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from placements.pdf import engine

ROOT = Path(__file__).parents[2]
TEMPLATES = engine.FOLDER


class Break(NamedTuple):
    """In `file`, the first `old` becomes `new`; with nothing for `old`, `new` is put at the beginning."""

    file: str
    old: str
    new: str
    document: str = ""

    @property
    def printed(self) -> str:
        return self.document or self.file.partition("/")[0]


class Outcome(NamedTuple):
    pdf: bytes
    error: str


def outcomes(breaks: list[Break], folder: Path, fonts: Path = engine.FONTS) -> list[Outcome]:
    copy = folder / "pdf"
    shutil.copytree(TEMPLATES, copy, ignore=shutil.ignore_patterns("fonts", "__pycache__"))
    answer = subprocess.run(
        [sys.executable, "-m", "tests.pdf.breaking", copy, fonts],
        input=json.dumps(breaks),
        cwd=ROOT,
        env={"FONTCONFIG_FILE": str(TEMPLATES / "_shared" / "fonts.conf"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Outcome(b64decode(pdf), error) for pdf, error in json.loads(answer.stdout)]


def _printed(machine: engine.Engine, spoiled: Break) -> tuple[str, str]:
    file = engine.FOLDER / spoiled.file
    whole = file.read_text()
    if spoiled.old not in whole:
        return "", f"{spoiled.old!r} is not in {spoiled.file}"
    file.write_text(whole.replace(spoiled.old, spoiled.new, 1))
    _forget(machine, spoiled.file)
    try:
        values = import_module(f"placements.pdf.{spoiled.printed}.context").SAMPLE
        return b64encode(machine.render(spoiled.printed, values)[0]).decode(), ""
    except BaseException as error:
        return "", f"{type(error).__name__}: {error}"
    finally:
        file.write_text(whole)
        _forget(machine, spoiled.file)


def _forget(machine: engine.Engine, file: str) -> None:
    """What was read from it so far."""
    machine._sheets.pop(file, None)
    machine._environments.clear()


def main(folder: str, fonts: str) -> None:
    engine.FOLDER, engine.FONTS = Path(folder), Path(fonts)
    breaks = [Break(*spoiled) for spoiled in json.load(sys.stdin)]
    try:
        machine = engine.Engine()
    except engine.MissingFonts as error:
        answers = [("", f"MissingFonts: {error}")]
    else:
        answers = [_printed(machine, spoiled) for spoiled in breaks]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
