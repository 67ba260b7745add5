"""The parts that a programme is edited in."""

from __future__ import annotations

from dataclasses import dataclass

from placements.blueprints.programmes import forms, plan_forms
from placements.i18n import Text, _


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Text
    form: type[forms.SectionForm]


SECTIONS = {
    section.key: section
    for section in (
        Section("basics", _("Grundoplysninger"), forms.BasicsForm),
        Section("organisers", _("Arrangør"), plan_forms.OrganisersForm),
        Section("fee", _("Betaling"), forms.FeeForm),
        Section("theory", _("Teori og modulernes timer"), plan_forms.TheoryForm),
        Section("practicum", _("Praktik"), plan_forms.PracticumForm),
        Section("completion", _("Krav for at gennemføre"), forms.CompletionForm),
        Section("statuses", _("Ord i protokollen"), forms.StatusesForm),
        Section("network", _("Netværksgrupper"), forms.NetworkForm),
        Section("selection", _("Optagelse og adgangskrav"), plan_forms.SelectionForm),
        Section("outcomes", _("Det skal deltagerne kunne"), plan_forms.OutcomesForm),
    )
}
