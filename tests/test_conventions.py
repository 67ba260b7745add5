"""What ARCHITECTURE.md asks of every file, as far as a machine can tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from placements.db import db
from placements.models.events import Audited

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "placements"
PYTHON = sorted(path for path in CODE.rglob("*.py") if "versions" not in path.parts)
DOMAIN = [path for path in PYTHON if path.parent == CODE / "domain"]
VIEWS = sorted((CODE / "blueprints").glob("*/views.py"))
TEMPLATES = sorted((CODE / "templates").rglob("*.html"))
OWN_SCRIPTS = sorted((CODE / "static").glob("*.js"))
# These are read when nothing else works, or hold no words of their own.
UNTRANSLATED = {"layout/bare.html", "errors/500.html", "errors/503.html"}
# The state of a noun is compared in the modules of that noun alone.
STATES = {
    "AgreementStatus": "agreement",
    "AllocationStatus": "allocation",
    "ConcernStatus": "concern",
    "AmendmentStatus": "amendment",
    "DiplomaStatus": "diploma",
    "EnrolmentStatus": "enrolment",
    "HoursStatus": "hours",
    "ApplicationStatus": "application",
    "NetworkPlaceStatus": "network",
    "OfferStatus": "offer",
    "PaymentStatus": "application_payment",
    "PlacementStatus": "placement",
    "SuggestionStatus": "suggestion",
    "TalkStatus": "talk",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def dotted(node: ast.expr) -> str:
    """`db.session.query` of a call or attribute; "" where it does not begin with a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else ""
    return ""


def calls(path: Path) -> list[tuple[int, str, ast.Call]]:
    found = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return [(node.lineno, dotted(node.func), node) for node in found]


def imported(path: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            modules |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


def uncommented(path: Path) -> str:
    return re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)


def where(paths: list[Path], pattern: str, *, flags: int = 0) -> list[str]:
    """Which lines of these files hold what should not stand there."""
    wanted = re.compile(pattern, flags)
    return [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


# Files and functions


def test_no_drawer_for_leftovers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "base", "services"}
    found = [
        name(path)
        for folder in (CODE, ROOT / "tests")
        for path in folder.rglob("*.py")
        if path.stem in drawers
    ]
    assert found == []


def test_no_file_longer_than_400_lines() -> None:
    """But for migrations, which Alembic writes, and what was installed."""
    written = [path for folder in (CODE, ROOT / "tests", ROOT / "bench") for path in folder.rglob("*.*")]
    own = [path for path in written if not {"versions", "vendor"} & set(path.parts)]
    lengths = {name(path): lines_of(path) for path in own if path.suffix in {".py", ".html", ".js", ".css"}}
    assert {file: lines for file, lines in lengths.items() if lines > 400} == {}


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_hardly_a_function_longer_than_40_lines() -> None:
    lengths = {
        f"{name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in PYTHON
        for node in functions(path)
    }
    long = {function: lines for function, lines in lengths.items() if lines > 40}
    assert len(long) <= len(lengths) / 100, long
    assert [function for function, lines in long.items() if lines > 60] == []


def test_no_template_longer_than_120_lines() -> None:
    """Not counting the comment at its head."""
    lengths = {name(path): len(uncommented(path).strip().splitlines()) for path in TEMPLATES}
    assert {file: lines for file, lines in lengths.items() if lines > 120} == {}


def test_no_note_to_do_it_later() -> None:
    kinds = {".py", ".html", ".css", ".js", ".toml", ".md", ".sh"}
    others = {".venv", ".cache", "vendor", "node_modules", "pdf-samples"}
    files = [path for path in ROOT.rglob("*.*") if path.suffix in kinds and not others & set(path.parts)]
    assert where(files, r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b") == []


def test_no_address_of_a_package_registry() -> None:
    files = [path for path in ROOT.iterdir() if path.is_file() and path.suffix != ".md"]
    assert where(files, r"pypi\.org|pythonhosted|npmjs|--index-url|\"resolved\":") == []


# Layers


def test_domain_knows_nothing_of_the_web() -> None:
    web = re.compile(
        r"(flask|werkzeug|htmx_flask|wtforms|jinja2|placements\.(access|web|blueprints|mail|templating|clock))\b"
    )
    assert {
        name(path): found for path in DOMAIN if (found := sorted(filter(web.match, imported(path))))
    } == {}


def test_domain_reads_no_clock_and_never_commits() -> None:
    """Timestamps of the history are always real."""
    wrong = re.compile(r".*\b(datetime\.now|date\.today|utcnow|commit|rollback)$")
    found = [
        f"{name(path)}:{line}: {call}"
        for path in DOMAIN
        for line, call, _ in calls(path)
        if wrong.match(call)
    ]
    assert [place for place in found if "/history.py" not in place] == []


def test_models_decide_nothing() -> None:
    models = [path for path in PYTHON if path.parent == CODE / "models"]
    assert {
        name(path): sorted(found) for path in models if (found := {"sqlalchemy.select"} & imported(path))
    } == {}


def test_views_build_no_queries_and_catch_nothing() -> None:
    found = [
        f"{name(path)}:{line}: {call}"
        for path in VIEWS
        for line, call, _ in calls(path)
        if call in {"select", "update", "delete", "insert", "timedelta"}
    ]
    caught = [
        f"{name(path)}:{node.lineno}: try"
        for path in VIEWS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Try)
    ]
    assert found + caught == []


def test_views_show_a_pdf_in_one_way() -> None:
    """By `web.pdf_shown`."""
    paths = [path for path in PYTHON if "blueprints" in path.parts]
    assert where(paths, r"application/pdf|inline; filename=\S*{") == []


def test_views_ask_nobody_for_a_role() -> None:
    assert where(VIEWS, r"\.roles\b|\bif role\b") == []


def test_only_establish_signs_anybody_in() -> None:
    importing = [name(path) for path in PYTHON if "flask_login.login_user" in imported(path)]
    calling = [
        f"{name(path)}:{function.name}"
        for path in PYTHON
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and dotted(node.func).endswith("login_user")
    ]
    assert (importing, calling) == (["placements/access.py"], ["placements/access.py:establish"])


# The database


def test_no_query_attribute() -> None:
    assert where(PYTHON, r"\b(session|[A-Z]\w+)\.query\b") == []


def test_no_bulk_change_of_an_audited_table() -> None:
    """It would leave no trace in the history."""
    audited = {
        mapper.class_.__name__ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Audited)
    }
    found = [
        f"{name(path)}:{line}: {call}({dotted(node.args[0])})"
        for path in PYTHON
        for line, call, node in calls(path)
        if call.split(".")[-1] in {"update", "delete", "insert"}
        and node.args
        and dotted(node.args[0]).split(".")[0] in audited
    ]
    assert [place for place in found if "/synthetic" not in place] == []


def test_states_are_compared_where_they_are_decided() -> None:
    """Elsewhere one asks the noun's own module. A table from states to their looks compares nothing."""
    found = []
    for path in PYTHON:
        nodes = list(ast.walk(tree(path)))
        keys = {key for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
        states = [node for node in nodes if isinstance(node, ast.Attribute) and dotted(node.value) in STATES]
        found += [
            f"{name(path)}:{node.lineno}: {dotted(node)}"
            for node in states
            if node not in keys and not is_at_home(path, STATES[dotted(node.value)])
        ]
    assert found + where(TEMPLATES, r"{[{%][^}]*\bstatus(\.value)?\s*(==|!=|is\b|in\b(?! \w+ %}))") == []


def is_at_home(path: Path, noun: str) -> bool:
    """Whether this module may name that noun's states."""
    tables = CODE / "models", CODE / "demo", CODE / "synthetic"
    own = path.parent == CODE / "domain" and path.stem.startswith(noun)
    return own or path.stem == "words" or any(folder in path.parents for folder in tables)


def test_nothing_is_kept_that_nobody_may_know() -> None:
    """No CPR number, no diagnosis, no position on a map."""
    telling = re.compile(r"cpr|diagnos|latitude|longitude|illness|icd", re.I)
    columns = [
        f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.columns
    ]
    assert [column for column in columns if telling.search(column)] == []


# Templates


def test_fragments_say_who_includes_them() -> None:
    fragments = [path for path in TEMPLATES if path.name.startswith("_")]
    assert [name(path) for path in fragments if not path.read_text("utf-8").startswith("{#")] == []


def test_every_template_is_used() -> None:
    sources = [path.read_text("utf-8") for path in (*TEMPLATES, *PYTHON)]
    paths = [str(path.relative_to(CODE / "templates")) for path in TEMPLATES]
    generated = re.compile(r"errors/\d+\.html")
    assert [
        path
        for path in paths
        if not generated.match(path) and not any(f'"{path}"' in text for text in sources)
    ] == []


def plain(path: Path) -> str:
    """The template's own HTML: without comments and without what Jinja puts in."""
    text = re.sub(r"{% block width %}.*?{% endblock %}", "", uncommented(path))
    return re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)


def tags(path: Path) -> list[str]:
    return re.findall(r"<[a-zA-Z][^>]*>", plain(path))


def test_no_inline_script_or_style() -> None:
    inline = re.compile(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\bsrc=)", re.I)
    assert [
        f"{name(path)}: {tag[:80]}" for path in TEMPLATES for tag in tags(path) if inline.search(tag)
    ] == []


def test_no_unescaped_text() -> None:
    """Where many small pieces are put together in Python, the line says why that is safe."""
    assert where(TEMPLATES, r"\|\s*safe\b|autoescape false") == []
    assert where(PYTHON, r"\bMarkup\((?!.*noqa: S704 \()|render_template_string") == []


def test_htmx_is_written_portably() -> None:
    wrong = r"(?<!data-)\bhx-(get|post|target|swap|trigger|push-url|sync|vals|include|select|indicator)\b"
    assert [
        f"{name(path)}: {tag[:80]}" for path in TEMPLATES for tag in tags(path) if re.search(wrong, tag)
    ] == []
    assert where(TEMPLATES, r"data-hx-(boost|on|delete|put|patch|prompt|ext|vals|inherit|history)\b") == []


def test_everything_works_without_javascript() -> None:
    """What htmx posts is a form with an action, what it gets is a link with an address or a form."""
    wrong = []
    for path in TEMPLATES:
        for tag in tags(path):
            posts = "data-hx-post" in tag and not (tag.startswith("<form") and " action=" in tag)
            gets = "data-hx-get" in tag and not (
                (tag.startswith("<a ") and " href=" in tag) or (tag.startswith("<form") and " action=" in tag)
            )
            if posts or gets:
                wrong.append(f"{name(path)}: {tag[:100]}")
    assert wrong == []


def test_every_form_that_changes_something_carries_the_token() -> None:
    wrong = []
    for path in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", uncommented(path), re.DOTALL):
            if re.search(r'method="post"', form, re.I) and "csrf" not in form:
                wrong.append(f"{name(path)}: {form[:80]}")
    assert wrong == []


def test_every_word_on_screen_can_be_translated() -> None:
    """Text stands inside `_()`; so do the attributes that are read aloud."""
    wrong = []
    for path in TEMPLATES:
        html = plain(path)
        text = re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"|%\(\w+\)s", " ", html)
        spoken = re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', html)
        said = set(re.findall(r"[^\W\d_]{3,}", " ".join((text, *spoken)))) - {"English", "Dansk"}
        if said and str(path.relative_to(CODE / "templates")) not in UNTRANSLATED:
            wrong.append(f"{name(path)}: {sorted(said)}")
    assert wrong == []


# Scripts


@pytest.mark.parametrize("script", OWN_SCRIPTS, ids=lambda path: path.name)
def test_scripts_build_no_html_and_keep_nothing(script: Path) -> None:
    building = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert where([script], building + r"|localStorage|sessionStorage|document\.cookie") == []
