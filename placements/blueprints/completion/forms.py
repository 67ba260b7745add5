"""The shape of an exception."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from placements.domain.completion import Completion
from placements.domain.completion_texts import lines
from placements.models.completion import CompletionRule
from placements.models.programmes import Module
from placements.web import Form, said
from placements.words import word

WHOLE = "all"


class ExceptionForm(Form):
    """`what`: a rule, or a rule and one of the modules."""

    UNPRINTED = frozenset({"reason"})

    what = SelectField(_l("Hvad gælder undtagelsen?"), [InputRequired(_l("Vælg et krav."))])
    reason = TextAreaField(
        _l("Begrundelse"),
        [
            InputRequired(_l("Skriv kort, hvorfor der gives en undtagelse.")),
            Length(max=500, message=_l("Her er plads til 500 tegn.")),
        ],
    )

    def among(self, completion: Completion) -> ExceptionForm:
        """What is not met."""
        self.what.choices = [
            SelectChoice(value="", label=gettext("Vælg et krav")),
            *(
                SelectChoice(
                    value=f"{line.rule.value}:{part.standing.module_id or WHOLE}",
                    label=f"{said(word(line.rule))}: {part.title}" if part.title else said(word(line.rule)),
                )
                for line in lines(completion, own=False)
                for part in line.parts
                if part.standing.blocks
            ),
        ]
        return self

    @property
    def rule(self) -> CompletionRule:
        return CompletionRule(str(self.what.data).partition(":")[0])

    def module_among(self, modules: list[Module]) -> Module | None:
        chosen = str(self.what.data).partition(":")[2]
        return next((module for module in modules if str(module.id) == chosen), None)
