"""The layers of pyproject.toml are real: an import against the grain turns `make check` red."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code to spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "placements", tmp_path / "placements", ignore=_not_code)
    return tmp_path


def _not_code(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {"static", "templates", "fonts", "__pycache__"}}


def broken(tree: Path) -> list[str]:
    """The names of the contracts that do not hold."""
    answer = subprocess.run([LINT, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    return [line.removesuffix(" BROKEN") for line in answer.stdout.splitlines() if line.endswith(" BROKEN")]


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        (
            "models/hosts.py",
            "from placements.domain import rules",
            "Data flows one way, and every module has its place",
        ),
        ("helpers.py", "HELP = 1", "Data flows one way, and every module has its place"),
        ("domain/hosts.py", "import flask", "Rules, tables and documents know nothing of the web"),
        (
            "blueprints/home/views.py",
            "from placements.blueprints.sign_in import views",
            "Blueprints do not know each other",
        ),
        (
            "jobs.py",
            "import pyhanko.sign",
            "pyHanko is called to seal and to inspect, and nowhere else",
        ),
        ("web.py", "import weasyprint", "WeasyPrint is called from pdf/ alone"),
    ],
)
def test_an_import_against_the_grain_is_refused(tree: Path, file: str, line: str, contract: str) -> None:
    before = set(broken(tree))
    with (tree / "placements" / file).open("a") as module:
        module.write(f"\n{line}\n")
    assert set(broken(tree)) - before == {contract}
