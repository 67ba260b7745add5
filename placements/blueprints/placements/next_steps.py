"""What the page of a placement says comes next, to each of those who see it."""

from __future__ import annotations

from datetime import date

from placements.domain import placements
from placements.i18n import Text, _
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import Role

S, R = PlacementStatus, Role

TITLES: dict[tuple[Role, PlacementStatus], Text] = {
    (R.COORDINATOR, S.DRAFT): _("Forslaget er ikke sendt endnu"),
    (R.COORDINATOR, S.PROPOSED): _("Praktikværten er spurgt"),
    (R.COORDINATOR, S.ACCEPTED): _("Praktikstedet har sagt ja"),
    (R.COORDINATOR, S.AGREED): _("Aftalen er på plads"),
    (R.COORDINATOR, S.ACTIVE): _("Praktikken er i gang"),
    (R.COORDINATOR, S.COMPLETED): _("Praktikken er gennemført"),
    (R.COORDINATOR, S.DECLINED): _("Praktikstedet har sagt nej"),
    (R.COORDINATOR, S.CANCELLED): _("Forløbet er aflyst"),
    (R.COORDINATOR, S.ENDED_EARLY): _("Praktikken er stoppet før tid"),
    (R.HOST, S.PROPOSED): _("Vil I tage imod %(name)s?"),
    (R.HOST, S.ACCEPTED): _("Tak, I har sagt ja"),
    (R.HOST, S.AGREED): _("Alt er på plads"),
    (R.HOST, S.ACTIVE): _("Praktikken er i gang"),
    (R.HOST, S.COMPLETED): _("Praktikken er gennemført"),
    (R.HOST, S.ENDED_EARLY): _("Praktikken er stoppet før tid"),
    (R.STUDENT, S.ACCEPTED): _("Der er en plads til dig"),
    (R.STUDENT, S.AGREED): _("Alt er på plads"),
    (R.STUDENT, S.ACTIVE): _("Du er i praktik"),
    (R.STUDENT, S.COMPLETED): _("Du har gennemført din praktik"),
    (R.STUDENT, S.ENDED_EARLY): _("Din praktik er stoppet før tid"),
}
TEXTS: dict[tuple[Role, PlacementStatus], Text] = {
    (R.COORDINATOR, S.DRAFT): _(
        "Når du foreslår forløbet, får stedets praktikværter en mail med et link hertil."
    ),
    (R.COORDINATOR, S.PROPOSED): _(
        "Praktikværten har fået en mail og svarer her. Har I talt sammen, kan du også svare på stedets vegne."
    ),
    (R.COORDINATOR, S.ACCEPTED): _("Nu mangler praktikvejleder, aftale og underskrifter."),
    (R.COORDINATOR, S.AGREED): _("Praktikken kan begynde på den første dag."),
    (R.COORDINATOR, S.ACTIVE): _(
        "Når den sidste dag er nået, og opfølgningsdagene er registreret, kan du afslutte."
    ),
    (R.COORDINATOR, S.COMPLETED): _("Næste skridt er uddannelsesbeviset."),
    (R.COORDINATOR, S.DECLINED): _("Pladsen er fri igen. Find en anden plads til %(name)s."),
    (R.COORDINATOR, S.CANCELLED): _("Pladsen er fri igen. Find en anden plads til %(name)s."),
    (R.COORDINATOR, S.ENDED_EARLY): _("Sidste dag blev %(end)s. Pladsen er fri igen."),
    (R.HOST, S.PROPOSED): _(
        "Det drejer sig om praktik fra %(start)s til %(end)s. "
        "Siger I ja, kan I vælge en praktikvejleder nu eller senere."
    ),
    (R.HOST, S.ACCEPTED): _("Koordinatoren skriver aftalen. I får en mail, når den er klar til underskrift."),
    (R.HOST, S.AGREED): _("Praktikken begynder %(start)s."),
    (R.HOST, S.ACTIVE): _(
        "Den sidste dag er %(end)s. Kontakt koordinatoren, hvis noget ikke går, som det skal."
    ),
    (R.HOST, S.COMPLETED): _("Tak, fordi I tog imod %(name)s."),
    (R.HOST, S.ENDED_EARLY): _("Sidste dag blev %(end)s."),
    (R.STUDENT, S.ACCEPTED): _(
        "Praktikstedet har sagt ja. Du får en mail, når aftalen er klar til din underskrift."
    ),
    (R.STUDENT, S.AGREED): _("Din praktik begynder %(start)s."),
    (R.STUDENT, S.ACTIVE): _(
        "Den sidste dag er %(end)s. Tal med din praktikvejleder eller koordinator, hvis noget er svært."
    ),
    (R.STUDENT, S.COMPLETED): _("Du får besked, når dit uddannelsesbevis er klar."),
    (R.STUDENT, S.ENDED_EARLY): _(
        "Sidste dag blev %(end)s. Du er velkommen til at kontakte din koordinator."
    ),
}


def _filled(text: Text, placement: Placement) -> Text:
    values: dict[str, str | date] = {
        "name": placement.student_name,
        "start": placement.starts_on,
        "end": placement.ends_on,
    }
    return Text(text.msgid, values)


def title(placement: Placement, role: Role) -> Text:
    return _filled(TITLES[role, placement.status], placement)


def text(placement: Placement, role: Role) -> Text:
    if role is Role.HOST and placements.lacks_supervisor(placement):
        return _(
            "Vælg nu, hvem der skal følge %(name)s til daglig. Så skriver koordinatoren aftalen.",
            name=placement.student_name,
        )
    return _filled(TEXTS[role, placement.status], placement)
