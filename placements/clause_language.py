"""The language of clauses: text, `{{ variable }}` and `{% if … %}`, and nothing else of Jinja.

Every text is checked node by node against what is allowed before it is ever compiled; what then runs has no
loop, no call and no attribute but those in the list, so it takes time in proportion to its length. Jinja's
immutable sandbox is the second wall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from placements.i18n import Text, _

LONGEST = 6000
DEEPEST = 10
FILTERS = frozenset({"lower", "upper", "capitalize"})
_NUMBER = re.compile(r"\d{7,}")
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.globals.clear()
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands on this line that cannot be used, and what to write instead."""

    line: int
    sentence: Text


@dataclass(frozen=True, slots=True)
class Names:
    """What a clause may name: `values` are printed, `flags` are asked about in `{% if %}` alone."""

    values: frozenset[str]
    flags: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.values | self.flags


def problems(source: str, names: Names) -> list[Problem]:
    """Everything that is wrong, in the order of the lines; an empty list for a text that can be used."""
    if len(source) > LONGEST:
        return [Problem(1, _("Teksten kan højst fylde %(longest)s tegn. Gør den kortere.", longest=LONGEST))]
    for number in _NUMBER.finditer(source):
        if _in_code(source, number.start()):
            return [Problem(_line_at(source, number.start()), _("Tallet er for langt. Skriv et mindre tal."))]
    try:
        parsed = _ENVIRONMENT.parse(source)
        found = [*_walk(parsed, names, 0, 1)]
    except TemplateSyntaxError as error:
        return [Problem(error.lineno, _unreadable(error.message or ""))]
    except RecursionError:
        return [Problem(_longest_line(source), _TOO_DEEP)]
    return sorted(set(found), key=lambda problem: problem.line)


def render(source: str, values: Mapping[str, Value]) -> str:
    """The text with its values. `values` has every name, `periode.start` under its whole name.

    Only for a text without `problems`: what is not checked is not run.
    """
    known = _nested(values)
    return _ENVIRONMENT.from_string(source).render(known).strip()


def _nested(values: Mapping[str, Value]) -> dict[str, Value | dict[str, Value]]:
    """`{"periode.start": x}` as `{"periode": {"start": x}}`."""
    found: dict[str, Value | dict[str, Value]] = {}
    for name, value in values.items():
        head, _dot, tail = name.partition(".")
        if not tail:
            found[head] = value
        else:
            inner = found.setdefault(head, {})
            assert isinstance(inner, dict)  # noqa: S101
            inner[tail] = value
    return found


# What is allowed

_TOO_DEEP = _(
    "Der er for mange betingelser eller parenteser inden i hinanden. Del teksten op, så der højst er "
    "%(deepest)s.",
    deepest=DEEPEST,
)


def _walk(node: nodes.Node, names: Names, depth: int, line: int, *, asked: bool = False) -> Iterator[Problem]:
    """`asked`: the node stands in the condition of an `if`. `line` is where the node around it stands."""
    line = next((inside.lineno for inside in (node, *node.find_all(nodes.Node)) if inside.lineno), line)
    if depth > DEEPEST:
        yield Problem(line, _TOO_DEEP)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        yield from (Problem(line, sentence) for sentence in _named(node, names, asked=asked))
    elif sentence := _refused(node):
        yield Problem(line, sentence)
    else:
        for child, deeper, question in _within(node, asked):
            yield from _walk(child, names, depth + deeper, line, asked=question)


def _within(node: nodes.Node, asked: bool) -> Iterator[tuple[nodes.Node, int, bool]]:
    """The nodes inside this one, by how much deeper each lies, and whether it is part of a condition."""
    if not isinstance(node, nodes.If):
        deeper = 0 if isinstance(node, nodes.Template | nodes.Output) else 1
        yield from ((child, deeper, asked) for child in node.iter_child_nodes())
        return
    yield node.test, 1, True
    yield from ((child, 1, False) for child in (*node.body, *node.else_))
    yield from ((other, 0, False) for other in node.elif_)


def _refused(node: nodes.Node) -> Text | None:
    if isinstance(node, nodes.Filter):
        fine = node.name in FILTERS and not node.args and node.node is not None
        return None if fine else _filter_refused(node.name)
    if isinstance(node, nodes.Const):
        return None if isinstance(node.value, str | int) else _NO_SUCH_VALUE
    if isinstance(node, nodes.Operand):
        return None if node.op in {"eq", "ne"} else _NO_SUCH_COMPARISON
    return None if isinstance(node, _ALLOWED) else _SENTENCES.get(type(node), _NO_SUCH_THING)


def _filter_refused(name: str) -> Text:
    return _(
        "»|%(name)s« kan ikke bruges. Efter en variabel kan der kun stå %(filters)s.",
        name=name,
        filters=", ".join(f"|{known}" for known in sorted(FILTERS)),
    )


_NO_SUCH_VALUE = _("Brug kun tekst i anførselstegn, hele tal og variabler.")
_NO_SUCH_COMPARISON = _("Sammenlign kun med == (er det samme som) eller != (er noget andet end).")
_NO_SUCH_THING = _("Det kan ikke bruges i en tekst. Skriv kun variabler og if, elif, else og endif.")
_NO_LOOP = _("Gentagelser kan ikke bruges. Skriv linjerne ud, og vælg mellem dem med en betingelse (if).")
_NO_CALL = _("Der kan ikke stå parenteser efter et navn. Skriv kun navnet på variablen.")
_NO_SUM = _("Der kan ikke regnes i teksten. Skriv resultatet, eller brug en variabel.")
_NO_IMPORT = _("Andre tekster kan ikke hentes ind. Skriv teksten her.")
_NO_OWN = _("Der kan ikke laves nye variabler eller afsnit med navn. Brug dem, der står i listen.")
_NO_ITEM = _("Der kan ikke stå kantede parenteser eller lister. Skriv kun navnet på variablen.")
_SENTENCES: dict[type[nodes.Node], Text] = {
    nodes.For: _NO_LOOP,
    **dict.fromkeys((nodes.Call, nodes.CallBlock), _NO_CALL),
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv), _NO_SUM),
    **dict.fromkeys((nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos, nodes.Concat), _NO_SUM),
    **dict.fromkeys((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends), _NO_IMPORT),
    **dict.fromkeys((nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Block, nodes.With), _NO_OWN),
    **dict.fromkeys((nodes.Getitem, nodes.List, nodes.Tuple, nodes.Dict, nodes.Slice), _NO_ITEM),
}


def _named(node: nodes.Name | nodes.Getattr, names: Names, *, asked: bool) -> Iterator[Text]:
    name = _dotted(node)
    if name is None:
        yield _("Der kan kun stå punktum i en variabel fra listen, fx periode.start.")
    elif name not in names.all:
        yield _unknown(name, names)
    elif name in names.flags and not asked:
        yield _(
            "»%(name)s« er et ja eller nej og kan ikke skrives ud. Brug det i en betingelse: %(example)s",
            name=name,
            example=f"{{% if {name} %}} … {{% endif %}}",
        )


def _dotted(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return None


def _unknown(name: str, names: Names) -> Text:
    near = get_close_matches(name.lower(), sorted(names.all), n=1, cutoff=0.5)
    if near:
        return _("»%(name)s« er ikke en variabel. Mente du »%(near)s«?", name=name, near=near[0])
    return _("»%(name)s« er ikke en variabel. Vælg en fra listen.", name=name)


# What cannot be read at all


def _unreadable(message: str) -> Text:
    """Jinja's own words, in ours."""
    if tag := re.search(r"unknown tag '(\w+)'", message):
        if tag[1] in {"endif", "else", "elif"}:
            return _("»%(tag)s« står uden en betingelse før sig. Begynd med if.", tag=tag[1])
        return _("»%(tag)s« kan ikke bruges. Skriv kun if, elif, else og endif.", tag=tag[1])
    if "end of template" in message or "looking for the following tags" in message:
        return _("En betingelse er ikke afsluttet. Skriv endif, hvor den slutter.")
    if "comment" in message:
        return _("En bemærkning er ikke afsluttet. Skriv #}, hvor den slutter.")
    return _(
        "Det, der står i krølleparenteserne, kan ikke læses. Skriv kun et navn fra listen, fx %(example)s.",
        example="{{ studerende }}",
    )


def _line_at(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1


def _in_code(source: str, position: int) -> bool:
    """Inside `{{ }}` or `{% %}`: the last mark before it opens."""
    before = source[:position]
    return max(before.rfind("{{"), before.rfind("{%")) > max(before.rfind("}}"), before.rfind("%}"))


def _longest_line(source: str) -> int:
    """Where what is too deep to be read most likely stands."""
    lines = source.split("\n")
    return lines.index(max(lines, key=len)) + 1
