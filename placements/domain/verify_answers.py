"""What whoever asks about a document is told: a verdict, what it means, what to do next, and whose it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from placements.i18n import Text, _
from placements.models.diplomas import DiplomaKind
from placements.models.documents import DocumentKind


class Verdict(enum.StrEnum):
    """`ENDED`: of a course that was called off or stopped. `UNREGISTERED`: we have it no more.

    `ADDED`, `CHANGED`: with our seal, but not what we sealed.
    """

    GENUINE = "genuine"
    UNSIGNED = "unsigned"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    ENDED = "ended"
    ADDED = "added"
    CHANGED = "changed"
    UNREGISTERED = "unregistered"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


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
    def _is_diploma(self) -> bool:
        """Of other papers we know that they are ours, and not all that may have been agreed since."""
        return self.facts is not None and isinstance(self.facts.kind, DiplomaKind)

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
        if self.verdict is Verdict.GENUINE and not self._is_diploma:
            return _ISSUED
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
    V.ENDED: "warn",
    V.ADDED: "bad",
    V.CHANGED: "bad",
    V.UNREGISTERED: "warn",
    V.FOREIGN: "bad",
    V.UNREADABLE: "warn",
}
HEADINGS = {
    V.GENUINE: _("Dokumentet er ægte og uændret"),
    V.UNSIGNED: _("Aftalen er ægte, men endnu ikke underskrevet"),
    V.SUPERSEDED: _("Dokumentet er ægte, men erstattet af et nyere"),
    V.REVOKED: _("Dokumentet er trukket tilbage"),
    V.ENDED: _("Aftalen er ægte, men gælder ikke længere"),
    V.ADDED: _("Dokumentet er ændret og ikke ægte"),
    V.CHANGED: _("Dokumentet er ændret og ikke ægte"),
    V.UNREGISTERED: _("Vi kender seglet, men ikke dokumentet"),
    V.FOREIGN: _("Dokumentet er ikke udstedt her"),
    V.UNREADABLE: _("Vi kunne ikke læse filen"),
}
BY_CODE = {
    V.GENUINE: _("Beviset er ægte"),
    V.SUPERSEDED: _("Beviset er erstattet af et nyere"),
    V.REVOKED: _("Beviset er trukket tilbage"),
}
MEANINGS = {
    V.GENUINE: _("Det gælder, og filen er præcis den, vi udstedte."),
    V.UNSIGNED: _("Sådan blev aftalen sendt ud, men den gælder først, når alle har skrevet under."),
    V.SUPERSEDED: _("Det er udstedt her, men siden er der lavet et nyere."),
    V.REVOKED: _("Det er udstedt her, men gælder ikke længere."),
    V.ENDED: _("Den er lavet her, men forløbet er aflyst eller stoppet."),
    V.ADDED: _(
        "Filen begynder som et dokument herfra, men er ændret, siden vi udstedte den. "
        "Det kan ske, når den gemmes i et andet program."
    ),
    V.CHANGED: _("Filen bærer vores segl, men indholdet er ikke det, vi udstedte."),
    V.UNREGISTERED: _("Filen bærer vores segl og er uændret, men dokumentet står ikke i vores register."),
    V.FOREIGN: _("Filen bærer ikke vores segl og står ikke i vores register."),
    V.UNREADABLE: _(
        "Filen er beskadiget eller for tung at undersøge, så vi ved ikke, om den er udstedt her."
    ),
}
NEXT = {
    V.GENUINE: _("Du behøver ikke gøre mere."),
    V.UNSIGNED: _("Bed om den aftale, alle har skrevet under på."),
    V.SUPERSEDED: _("Bed om det nye hos den, du har fået det fra."),
    V.REVOKED: _("Brug det ikke. Spørg udstederen, hvis du er i tvivl."),
    V.ENDED: _("Spørg den, du har fået den fra, hvis du er i tvivl."),
    V.ADDED: _("Bed om filen, præcis som den kom herfra."),
    V.CHANGED: _("Stol ikke på det. Bed om filen, præcis som den kom herfra, eller spørg udstederen."),
    V.UNREGISTERED: _("Spørg udstederen, før du bruger det."),
    V.FOREIGN: _(
        "Bed om den fil, som udstederen har sendt. "
        "Har du et foto, en scanning eller en udskrift af et bevis, kan du skrive koden fra beviset i stedet."
    ),
    V.UNREADABLE: _(
        "Bed om at få filen sendt igen, præcis som den kom herfra. "
        "Er det et bevis, kan du skrive koden fra beviset i stedet."
    ),
}
_HOLDS = _("Det er udstedt her og gælder.")
_ISSUED = _("Det er udstedt her, og filen er præcis den, vi udstedte.")
_COMPARE = _("Se efter, at dit eksemplar siger det samme som her.")
_ENDED = {
    V.SUPERSEDED: lambda day: _("Det er udstedt her og blev erstattet af et nyt %(day)s.", day=day),
    V.REVOKED: lambda day: _(
        "Det er udstedt her, men blev trukket tilbage %(day)s og gælder ikke længere.", day=day
    ),
}
