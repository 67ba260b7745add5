"""The history in words: what events and columns are called, and values as people read them.

`tell(session, entries)` gives what `components/history.html` shows. A column without a word below is not
told, and a change of such columns alone is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from placements.domain.history import Entry
from placements.history_labels import LABELS
from placements.history_values import default_of, is_empty, points_to, shown, texts
from placements.i18n import Text, _
from placements.models.attendance import Attendance, OwnStatus
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.events import Action, Event
from placements.models.follow_up_days import FollowUpAttendance
from placements.models.hosts import Contact, OrganisationName, UnitPeriod
from placements.models.network_groups import NetworkAttendance, NetworkPlace
from placements.models.placements import Placement
from placements.models.programmes import Module, ModuleRule, Programme
from placements.models.teaching import ModuleRun, StudyGroup
from placements.models.users import User
from placements.web import said

SENTENCES: dict[tuple[str, Action], Text] = {
    ("programme", Action.CREATED): _("Uddannelsen blev oprettet"),
    ("programme", Action.CHANGED): _("Uddannelsen blev ændret"),
    ("application_policy", Action.CREATED): _("Det blev bestemt, hvor længe ansøgninger gemmes"),
    ("application_policy", Action.CHANGED): _("Hvor længe ansøgninger gemmes, blev ændret"),
    ("programme_organiser", Action.CREATED): _("En arrangør blev skrevet"),
    ("programme_organiser", Action.CHANGED): _("En arrangør blev ændret"),
    ("programme_organiser", Action.DELETED): _("En arrangør blev fjernet"),
    ("module", Action.CREATED): _("Et modul blev tilføjet"),
    ("module", Action.DELETED): _("Et modul blev fjernet"),
    ("module_rule", Action.DELETED): _("Et modul er ikke længere for en målgruppe"),
    ("outcome_group", Action.CREATED): _("Det, deltagerne skal kunne, blev skrevet"),
    ("outcome_group", Action.CHANGED): _("Det, deltagerne skal kunne, blev ændret"),
    ("outcome_group", Action.DELETED): _("Noget af det, deltagerne skal kunne, blev fjernet"),
    ("criterion", Action.CREATED): _("Et adgangskrav blev tilføjet"),
    ("criterion", Action.CHANGED): _("Et adgangskrav blev ændret"),
    ("criterion", Action.DELETED): _("Et adgangskrav blev fjernet"),
    ("cohort", Action.CREATED): _("Holdet blev oprettet"),
    ("cohort", Action.CHANGED): _("Holdet blev ændret"),
    ("key_date", Action.CREATED): _("En vigtig dato blev skrevet"),
    ("key_date", Action.CHANGED): _("En vigtig dato blev ændret"),
    ("enrolment", Action.CREATED): _("Deltageren kom på holdet"),
    ("enrolment", Action.CHANGED): _("Deltagelsen blev ændret"),
    ("diploma", Action.CREATED): _("Beviset blev udstedt"),
    ("diploma", Action.CHANGED): _("Beviset blev ændret"),
    ("diploma_design", Action.CREATED): _("Bevisets udseende blev valgt"),
    ("diploma_design", Action.CHANGED): _("Bevisets udseende blev ændret"),
    ("organisation", Action.CREATED): _("Organisationen blev oprettet"),
    ("organisation", Action.CHANGED): _("Oplysningerne blev rettet"),
    ("organisation_name", Action.CREATED): _("Navn skrevet"),
    ("organisation_name", Action.CHANGED): _("Navn ændret"),
    ("organisation_name", Action.DELETED): _("En planlagt ændring blev aflyst"),
    ("unit", Action.CREATED): _("Afsnittet blev oprettet"),
    ("unit", Action.CHANGED): _("Oplysningerne blev rettet"),
    ("unit_period", Action.CREATED): _("Navn og ejer skrevet"),
    ("unit_period", Action.CHANGED): _("Navn eller ejer ændret"),
    ("unit_period", Action.DELETED): _("En planlagt ændring blev aflyst"),
    ("clearance_rule", Action.CREATED): _("Stedet beder om en attest eller godkendelse"),
    ("clearance_rule", Action.CHANGED): _("Et krav om en attest blev ændret"),
    ("clearance_rule", Action.DELETED): _("Et krav om en attest blev fjernet"),
    ("clearance", Action.CREATED): _("En attest eller godkendelse blev registreret"),
    ("clearance", Action.CHANGED): _("Datoerne for en attest eller godkendelse blev rettet"),
    ("framework_agreement", Action.CREATED): _("En rammeaftale blev tilføjet"),
    ("framework_agreement", Action.CHANGED): _("En rammeaftale blev rettet"),
    ("framework_agreement", Action.DELETED): _("En rammeaftale blev slettet"),
    ("offer", Action.CREATED): _("Praktikpladsen blev oprettet"),
    ("offer", Action.CHANGED): _("Praktikpladsen blev ændret"),
    ("offer_task", Action.CREATED): _("En opgave blev tilføjet"),
    ("offer_task", Action.CHANGED): _("En opgave blev ændret"),
    ("offer_task", Action.DELETED): _("En opgave blev fjernet"),
    ("share_exception", Action.CREATED): _("Der blev givet en undtagelse fra reglen om 2/3 peer-opgaver"),
    ("student_answer", Action.CREATED): _("Den studerende svarede"),
    ("student_answer", Action.CHANGED): _("Den studerende svarede igen"),
    ("student_answer", Action.DELETED): _("Svaret gælder ikke længere, for praktikstedet er et andet"),
    ("suggestion", Action.CREATED): _("Den studerende foreslog stedet"),
    ("suggestion", Action.CHANGED): _("Forslaget blev ændret"),
    ("placement", Action.CREATED): _("Praktikforløbet blev oprettet"),
    ("placement", Action.CHANGED): _("Praktikforløbet blev ændret"),
    ("agreement", Action.CREATED): _("Praktikaftalen fik sit nummer"),
    ("agreement_version", Action.CREATED): _("En ny version af aftalen blev begyndt"),
    ("agreement_version", Action.CHANGED): _("Aftalen blev ændret"),
    ("agreement_signature", Action.CREATED): _("Aftalen blev underskrevet"),
    ("amendment", Action.CREATED): _("Et tillæg til aftalen blev skrevet"),
    ("amendment", Action.CHANGED): _("Tillægget blev ændret"),
    ("amendment_signature", Action.CREATED): _("Tillægget blev underskrevet"),
    ("agreement_text", Action.CREATED): _("Aftalens tekst blev låst, så den er ens for alle"),
    ("agreement_remark", Action.CREATED): _("En part sagde, at noget ikke passer i aftalen"),
    ("agreement_remark", Action.CHANGED): _("Det, der ikke passede, blev klaret"),
    ("legal_details", Action.CREATED): _("Oplysninger om retsgrundlaget blev skrevet"),
    ("legal_details", Action.CHANGED): _("Oplysninger om retsgrundlaget blev ændret"),
    ("application_letter", Action.CREATED): _("Et brev til ansøgere blev skrevet"),
    ("application_letter", Action.CHANGED): _("Et brev til ansøgere blev ændret"),
    ("clause", Action.CREATED): _("En tekst til aftalen blev skrevet"),
    ("clause", Action.CHANGED): _("En tekst til aftalen blev ændret"),
    ("concern", Action.CREATED): _("Bekymringen blev rejst"),
    ("concern", Action.CHANGED): _("Bekymringen blev ændret"),
    ("emergency_contact", Action.CREATED): _("Der blev skrevet, hvem der skal ringes til"),
    ("emergency_contact", Action.DELETED): _("Det blev slettet, hvem der skal ringes til"),
    ("concern_goal", Action.CREATED): _("Et mål blev skrevet i planen"),
    ("concern_goal", Action.CHANGED): _("Et mål blev ændret"),
    ("follow_up_day", Action.CREATED): _("Dagen blev oprettet"),
    ("follow_up_day", Action.CHANGED): _("Tid eller sted blev ændret"),
    ("follow_up_topic", Action.CREATED): _("Et emne blev tilføjet"),
    ("follow_up_topic", Action.DELETED): _("Et emne blev fjernet"),
    ("hours_week", Action.CREATED): _("Timer for en uge blev skrevet"),
    ("hours_week", Action.CHANGED): _("Timer for en uge blev ændret"),
    ("supervision", Action.CREATED): _("En supervision blev registreret"),
    ("supervision", Action.DELETED): _("En supervision blev fjernet"),
    ("talk", Action.CREATED): _("En samtale blev planlagt eller skrevet"),
    ("talk", Action.CHANGED): _("En samtale blev ændret"),
    ("visit", Action.CREATED): _("Et besøg eller en kontakt blev skrevet"),
    ("visit", Action.CHANGED): _("Et besøg eller en kontakt blev rettet"),
    ("module_run", Action.CREATED): _("Et modulforløb blev lagt på skemaet"),
    ("module_run", Action.CHANGED): _("Et modulforløb på skemaet blev ændret"),
    ("module_run", Action.DELETED): _("Et modulforløb blev taget af skemaet"),
    ("teaching_session", Action.CREATED): _("Undervisningsgangen blev lagt"),
    ("teaching_session", Action.CHANGED): _("Undervisningsgangen blev ændret"),
    ("teaching_session", Action.DELETED): _("Undervisningsgangen blev aflyst"),
    ("session_teacher", Action.CREATED): _("En underviser blev sat på"),
    ("session_teacher", Action.CHANGED): _("En underviser blev ændret"),
    ("session_teacher", Action.DELETED): _("En underviser blev taget af"),
    ("run_sign_up", Action.CREATED): _("Deltageren meldte sig til et modulforløb"),
    ("run_sign_up", Action.DELETED): _("Deltageren meldte sig fra et modulforløb"),
    ("study_group", Action.CREATED): _("En studiegruppe blev lavet"),
    ("study_group", Action.CHANGED): _("En studiegruppe blev ændret"),
    ("study_group", Action.DELETED): _("En studiegruppe blev fjernet"),
    ("study_group_member", Action.CREATED): _("En deltager kom i en studiegruppe"),
    ("study_group_member", Action.CHANGED): _("En deltager skiftede studiegruppe"),
    ("study_group_member", Action.DELETED): _("En deltager gik ud af en studiegruppe"),
    ("own_status", Action.CREATED): _("Et ord til protokollen blev lavet"),
    ("own_status", Action.CHANGED): _("Et ord til protokollen blev ændret"),
    ("own_status", Action.DELETED): _("Et ord til protokollen blev fjernet"),
    ("absence_notice", Action.CREATED): _("Deltageren meldte afbud"),
    ("absence_notice", Action.CHANGED): _("Deltageren ændrede sit afbud"),
    ("absence_notice", Action.DELETED): _("Deltageren trak sit afbud tilbage"),
    ("session_guest", Action.CREATED): _("En gæst blev skrevet på"),
    ("session_guest", Action.DELETED): _("En gæst blev fjernet"),
    ("completion_exception", Action.CREATED): _("Der blev givet en undtagelse"),
    ("completion_exception", Action.CHANGED): _("En undtagelse blev ændret eller trukket tilbage"),
    ("evaluation", Action.CREATED): _("En evaluering blev sendt"),
    ("evaluation", Action.CHANGED): _("En evaluering blev lukket"),
    ("evaluation_question", Action.CREATED): _("Et spørgsmål til evaluering blev tilføjet"),
    ("evaluation_question", Action.CHANGED): _("Et spørgsmål til evaluering blev rettet"),
    ("evaluation_question", Action.DELETED): _("Et spørgsmål til evaluering blev fjernet"),
    ("peer_pair", Action.CREATED): _("Peer og kollega blev et par"),
    ("peer_pair", Action.DELETED): _("Parret blev ophævet"),
    ("admission", Action.CREATED): _("Optagelsen blev begyndt"),
    ("admission", Action.CHANGED): _("Optagelsen blev ændret"),
    ("peer_task", Action.CREATED): _("En opgave blev tilføjet"),
    ("peer_task", Action.CHANGED): _("En opgave blev ændret"),
    ("peer_task", Action.DELETED): _("En opgave blev fjernet"),
    ("admission_exception", Action.CREATED): _("Der blev givet en undtagelse fra reglen om 2/3 peer-opgaver"),
    ("working_time_agreement", Action.CREATED): _("En aftale om arbejdstid blev skrevet"),
    ("working_time_agreement", Action.CHANGED): _("En aftale om arbejdstid blev rettet"),
    ("network_group", Action.CREATED): _("Gruppen blev oprettet"),
    ("network_group", Action.CHANGED): _("Oplysningerne blev rettet"),
    ("network_meeting", Action.CREATED): _("Et møde blev lagt"),
    ("network_meeting", Action.CHANGED): _("Et møde blev rettet"),
    ("network_facilitator", Action.CREATED): _("Gruppen fik en facilitator"),
    ("network_facilitator", Action.DELETED): _("En facilitator trådte fra"),
    ("network_group_programme", Action.CREATED): _("Gruppen blev åbnet for en uddannelse til"),
    ("network_group_programme", Action.DELETED): _("Gruppen er ikke længere for en anden uddannelse"),
}
"""What happened; anything else is told as created, changed or removed."""

NAMED: dict[tuple[str, Action], Callable[[str], Text]] = {
    ("module", Action.CHANGED): lambda name: _("Modulet %(name)s blev ændret", name=name),
    ("module_rule", Action.CREATED): lambda name: _("Modulet %(name)s fik en målgruppe", name=name),
    ("module_rule", Action.CHANGED): lambda name: _(
        "Modulet %(name)s blev ændret for en målgruppe", name=name
    ),
    ("contact", Action.CREATED): lambda name: _("%(name)s blev tilføjet", name=name),
    ("contact", Action.CHANGED): lambda name: _("Oplysningerne om %(name)s blev rettet", name=name),
    ("follow_up_attendance", Action.CREATED): lambda name: _("Fremmøde registreret for %(name)s", name=name),
    ("follow_up_attendance", Action.CHANGED): lambda name: _("Fremmøde ændret for %(name)s", name=name),
    ("attendance", Action.CREATED): lambda name: _("Fremmøde registreret for %(name)s", name=name),
    ("attendance", Action.CHANGED): lambda name: _("Fremmøde ændret for %(name)s", name=name),
    ("network_place", Action.CREATED): lambda name: _("%(name)s kom på gruppens liste", name=name),
    ("network_place", Action.CHANGED): lambda name: _("Ny status for %(name)s", name=name),
    ("network_attendance", Action.CREATED): lambda name: _("Fremmøde registreret for %(name)s", name=name),
    ("network_attendance", Action.CHANGED): lambda name: _("Fremmøde ændret for %(name)s", name=name),
}
"""The same for a row among several, with its name."""

PRIVATE = {"warning_contact"}
"""Nobody but the participant learns even that there is one: never told, whatever page asks."""

PLAIN = {Action.CREATED: _("Oprettet"), Action.CHANGED: _("Ændret"), Action.DELETED: _("Fjernet")}

NAMES: dict[str, Callable[[set[int]], sa.Select[int, str]]] = {
    "organisation": lambda ids: _last_name(OrganisationName.organisation_id, OrganisationName, ids),
    "unit": lambda ids: _last_name(UnitPeriod.unit_id, UnitPeriod, ids),
    "app_user": lambda ids: sa.select(User.id, User.name).where(User.id.in_(ids)),
    "contact": lambda ids: sa.select(Contact.id, Contact.name).where(Contact.id.in_(ids)),
    "cohort": lambda ids: sa.select(Cohort.id, Cohort.name).where(Cohort.id.in_(ids)),
    "enrolment": lambda ids: (
        sa.select(Enrolment.id, User.name)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.id.in_(ids))
    ),
    "module": lambda ids: sa.select(Module.id, Module.title).where(Module.id.in_(ids)),
    "module_rule": lambda ids: (
        sa.select(ModuleRule.id, Module.title)
        .join(Module, Module.id == ModuleRule.module_id)
        .where(ModuleRule.id.in_(ids))
    ),
    "follow_up_attendance": lambda ids: (
        sa.select(FollowUpAttendance.id, Placement.student_name)
        .join(Placement, Placement.id == FollowUpAttendance.placement_id)
        .where(FollowUpAttendance.id.in_(ids))
    ),
    "attendance": lambda ids: _enrolled(Attendance, ids),
    "module_run": lambda ids: (
        sa.select(ModuleRun.id, Module.title)
        .join(Module, Module.id == ModuleRun.module_id)
        .where(ModuleRun.id.in_(ids))
    ),
    "own_status": lambda ids: sa.select(OwnStatus.id, OwnStatus.name).where(OwnStatus.id.in_(ids)),
    "study_group": lambda ids: sa.select(StudyGroup.id, StudyGroup.name).where(StudyGroup.id.in_(ids)),
    "network_place": lambda ids: _enrolled(NetworkPlace, ids),
    "programme": lambda ids: sa.select(Programme.id, Programme.name).where(Programme.id.in_(ids)),
    "network_attendance": lambda ids: _enrolled(NetworkAttendance, ids),
}
"""How the rows that a column points to are called."""


@dataclass(frozen=True, slots=True)
class Told:
    event_id: int
    at: datetime
    actor: str
    text: str
    changes: list[tuple[str, str, str]]
    undo: str = ""


def _last_name(
    key: Any, model: type[OrganisationName] | type[UnitPeriod], ids: set[int]
) -> sa.Select[int, str]:
    """Today's or the newest: later periods overwrite earlier ones when the rows are read into a dict."""
    return sa.select(key, model.name).where(key.in_(ids)).order_by(model.valid_from)


def _enrolled(
    model: type[NetworkPlace] | type[NetworkAttendance] | type[Attendance], ids: set[int]
) -> sa.Select[int, str]:
    return (
        sa.select(model.id, User.name)
        .join(Enrolment, Enrolment.id == model.enrolment_id)
        .join(User, User.id == Enrolment.user_id)
        .where(model.id.in_(ids))
    )


def _shown_columns(event: Event) -> Iterable[tuple[str, Text, Any, Any]]:
    """Columns with a word and a value, in the order of the words."""
    for key, label in LABELS.get(event.table_name, {}).items():
        old, new = event.changes.get(key, (None, None))
        usual = event.action is Action.CREATED and new == default_of(event.table_name, key)
        if not (usual or (is_empty(old) and is_empty(new))):
            yield key, label, old, new


def tell(session: Session, entries: list[Entry]) -> list[Told]:
    """One statement for each kind of record that the events point to, however many events there are."""
    entries = [entry for entry in entries if entry.event.table_name not in PRIVATE]
    names = _names(session, [entry.event for entry in entries])
    told = [_told(entry, names) for entry in entries]
    return [
        line
        for line, entry in zip(told, entries, strict=True)
        if line.changes or entry.event.action is not Action.CHANGED
    ]


def _told(entry: Entry, names: dict[str, dict[int, str]]) -> Told:
    event = entry.event
    text = _sentence(event, names)
    changes: list[tuple[str, str, str]] = []
    for key, label, old, new in _shown_columns(event):
        if isinstance(new, dict):
            changes += texts(label, old or {}, new)
        else:
            table = event.table_name
            changes.append((said(label), shown(table, key, old, names), shown(table, key, new, names)))
    return Told(event.id, event.at, entry.actor or said(_("Systemet")), said(text), changes)


def _sentence(event: Event, names: dict[str, dict[int, str]]) -> Text:
    what = (event.table_name, event.action)
    if what in NAMED:
        return NAMED[what](names.get(event.table_name, {}).get(event.row_id, ""))
    return SENTENCES.get(what, PLAIN[event.action])


def _names(session: Session, events: list[Event]) -> dict[str, dict[int, str]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if (event.table_name, event.action) in NAMED:
            ids[event.table_name].add(event.row_id)
        for key, _label, old, new in _shown_columns(event):
            ids[points_to(event.table_name, key)] |= {value for value in (old, new) if isinstance(value, int)}
    return {
        table: dict(session.execute(NAMES[table](found)).all())
        for table, found in ids.items()
        if table in NAMES
    }
