"""What whoever asks about a document is told: a verdict, what it means, what to do next, and whose it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from placements.i18n import Text, _
from placements.models.diplomas import DiplomaKind
from placements.models.documents import DocumentKind


class Verdict(enum.StrEnum):
    """`ADDED`, `CHANGED`: with our seal, but not what we sealed. `UNREGISTERED`: we have it no more."""

    GENUINE = "genuine"
    UNSIGNED = "unsigned"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    ADDED = "added"
    CHANGED = "changed"
    UNREGISTERED = "unregistered"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands on the paper itself; of an agreement no more than kind, number and date."""

    kind: DiplomaKind | DocumentKind
    dated: date
    number: str = ""
    name: str = ""
    programme: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`by_code`: only the number was asked about, not what the paper says."""

    verdict: Verdict
    facts: Facts | None = None
    ended_on: date | None = None
    test_seal: bool = False
    by_code: bool = False

    @property
    def is_altered(self) -> bool:
        """The facts are those of the document that we sealed, not of the file."""
        return self.verdict is Verdict.ADDED

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def heading(self) -> Text:
        return BY_CODE.get(self.verdict, HEADINGS[self.verdict]) if self.by_code else HEADINGS[self.verdict]

    @property
    def meaning(self) -> Text:
        if self.ended_on:
            return _ENDED[self.verdict](self.ended_on)
        return _HOLDS if self.by_code else MEANINGS[self.verdict]

    @property
    def next_step(self) -> Text:
        return _COMPARE if self.by_code and self.verdict is Verdict.GENUINE else NEXT[self.verdict]


V = Verdict
TONES = {
    V.GENUINE: "good",
    V.UNSIGNED: "warn",
    V.SUPERSEDED: "warn",
    V.REVOKED: "bad",
    V.ADDED: "bad",
    V.CHANGED: "bad",
    V.UNREGISTERED: "warn",
    V.FOREIGN: "bad",
}
HEADINGS = {
    V.GENUINE: _("Dokumentet er ægte og uændret"),
    V.UNSIGNED: _("Aftalen er ægte, men endnu ikke underskrevet"),
    V.SUPERSEDED: _("Dokumentet er ægte, men erstattet af et nyere"),
    V.REVOKED: _("Dokumentet er trukket tilbage"),
    V.ADDED: _("Dokumentet er ændret og ikke ægte"),
    V.CHANGED: _("Dokumentet er ændret og ikke ægte"),
    V.UNREGISTERED: _("Vi kender seglet, men ikke dokumentet"),
    V.FOREIGN: _("Dokumentet er ikke udstedt her"),
}
BY_CODE = {
    V.GENUINE: _("Beviset er ægte"),
    V.SUPERSEDED: _("Beviset er erstattet af et nyere"),
    V.REVOKED: _("Beviset er trukket tilbage"),
}
MEANINGS = {
    V.GENUINE: _("Det er udstedt her og gælder. Filen er præcis den, vi låste."),
    V.UNSIGNED: _("Sådan blev aftalen sendt ud. Den gælder først, når alle har skrevet under."),
    V.SUPERSEDED: _("Det er udstedt her, og filen er uændret. Siden er der lavet et nyere."),
    V.REVOKED: _("Det er udstedt her, men gælder ikke længere."),
    V.ADDED: _(
        "Filen begynder som et dokument herfra, men den er ændret, eller der er føjet noget til, "
        "efter vi låste den. Det kan ske, når den gemmes i et andet program."
    ),
    V.CHANGED: _("Filen bærer vores segl, men indholdet er ikke det, vi låste."),
    V.UNREGISTERED: _("Filen bærer vores segl og er uændret, men dokumentet står ikke i vores register."),
    V.FOREIGN: _("Filen bærer ikke vores segl og står ikke i vores register."),
}
NEXT = {
    V.GENUINE: _("Du behøver ikke gøre mere."),
    V.UNSIGNED: _("Bed om den aftale, alle har skrevet under på."),
    V.SUPERSEDED: _("Bed om det nye hos den, du har fået det fra."),
    V.REVOKED: _("Spørg udstederen, hvis du er i tvivl."),
    V.ADDED: _("Bed om filen, præcis som den kom herfra."),
    V.CHANGED: _("Stol ikke på det. Bed om filen, præcis som den kom herfra, eller spørg udstederen."),
    V.UNREGISTERED: _("Spørg udstederen, før du bruger det."),
    V.FOREIGN: _(
        "Er det et foto, en scanning eller en udskrift, så skriv koden fra papiret i stedet. "
        "Ellers bed om den fil, som udstederen har sendt."
    ),
}
_HOLDS = _("Det er udstedt her og gælder.")
_COMPARE = _("Se efter, at dit eksemplar siger det samme som her.")
_ENDED = {
    V.SUPERSEDED: lambda day: _("Det er udstedt her og blev erstattet af et nyt %(day)s.", day=day),
    V.REVOKED: lambda day: _(
        "Det er udstedt her, men blev trukket tilbage %(day)s og gælder ikke længere.", day=day
    ),
}
