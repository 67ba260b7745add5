"""The rules of a programme file in the words of the screen: names of fields instead of keys of the file."""

from __future__ import annotations

from placements.i18n import Text, _
from placements.models.programmes import Audience
from placements.words import word

LABELS: dict[str, Text] = {
    "name": _("Navn"),
    "aim": _("Formål"),
    "region": _("Region"),
    "organiser": _("Arrangør"),
    "organisers": _("Arrangør"),
    "partners": _("Samarbejdspartnere"),
    "partner": _("Samarbejdspartner"),
    "home_municipalities": _("Hjemkommuner"),
    "assumptions": _("Forudsætninger"),
    "amount": _("Beløb"),
    "waivers": _("Fritagelser"),
    "weeks": _("Uger"),
    "sessions_per_week": _("Gange om ugen"),
    "hours_per_session": _("Timer hver gang"),
    "hours_per_week": _("Timer om ugen"),
    "follow_up_days": _("Opfølgningsdage"),
    "follow_up_hours": _("Timer på en opfølgningsdag"),
    "supervisions": _("Supervisioner"),
    "attendance_percent": _("Fremmøde i procent"),
    "deadline_months": _("Frist i måneder"),
    "seats": _("Pladser på holdet"),
    "reviewers": _("Læsere til hver ansøgning"),
    "criteria": _("Adgangskrav"),
    "group": _("Overskrift"),
    "points": _("Punkter"),
    "modules": _("Moduler"),
    "number": _("Nummer"),
    "title": _("Titel"),
    "hours": _("Timer"),
    "text": _("Tekst"),
    "rules": _("Målgrupper"),
    "slug": _("Navn i adressen"),
    "starts_on": _("Begynder"),
    "starts_at": _("Begynder"),
    "ends_at": _("Slutter"),
    "place": _("Sted"),
    "theory_weekdays": _("Ugedage"),
    "theory_time": _("Klokkeslæt"),
    "theory_skip_weeks": _("Uger uden undervisning"),
    "practicum_starts_on": _("Praktikken begynder"),
}
SENTENCES: dict[str, Text] = {
    "Her mangler »organiser«: hvem der står for uddannelsen.": _("Skriv, hvem der står for uddannelsen."),
    "»to« skal ligge efter »from«.": _("En arrangør skal begynde, før den næste tager over."),
    "»from« skal være samme dag som »to« hos den forrige, %(name)s.": _(
        "Skriv den dag, hvor der skiftes fra %(name)s til den næste.", name="%(name)s"
    ),
    "Når ingen betaler, skal »amount« være 0.": _("Når ingen betaler, skal beløbet være 0."),
    "»not_home« kræver, at »home_municipalities« siger, hvem der bor hjemme.": _(
        "Skriv først uddannelsens hjemkommuner under Grundoplysninger."
    ),
    "Skriv både »weeks« og »sessions_per_week« eller ingen af dem.": _(
        "Skriv både uger og gange om ugen, eller lad begge stå tomme."
    ),
    "Andelene skal give 1 tilsammen, men giver %(total)s.": _("Andelene skal give 100 procent tilsammen."),
    "»%(name)s« skal være timer, der går op i hele minutter.": _(
        "Skriv timerne, så de går op i hele minutter, fx 2,5 eller 2,25."
    ),
    "Uddannelsen har ingen praktik; der mangler et afsnit »[practicum]«.": _(
        "Holdet har en dato for praktikken, men uddannelsen har ingen praktik."
    ),
    "»ends_at« skal ligge efter »starts_at«.": _("Sluttidspunktet skal ligge efter begyndelsen."),
    "Skriv både »theory_weekdays« og »theory_time« eller ingen af dem.": _(
        "Vælg både ugedage og klokkeslæt, eller ingen af dem."
    ),
    "Datoen skal være den samme som holdets »starts_on«.": _(
        "Datoen skal være den dag, hvor holdet begynder."
    ),
    "»%(name)s« skal være en dato som 2024-09-09, uden anførselstegn.": _(
        "Året skal ligge mellem 2000 og 2100."
    ),
    "»%(name)s« skal være dansk tid i hele minutter som 2024-06-13T13:00:00.": _(
        "Året skal ligge mellem 2000 og 2100."
    ),
}
"""What the file's sentence becomes where it speaks of keys."""


def on_screen(reason: Text) -> Text:
    sentence = SENTENCES.get(reason.msgid, reason)
    said = {name: _shown(value) for name, value in reason.params.items() if f"%({name})" in sentence.msgid}
    return Text(sentence.msgid, said)


def _shown(value: object) -> object:
    """The label of a key and the word of an audience; anything else as it is."""
    if not isinstance(value, str):
        return value
    return word(Audience(value)) if value in list(Audience) else LABELS.get(value, value)
