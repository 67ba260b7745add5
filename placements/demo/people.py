"""Who and where: every person is invented, and so is every unit."""

from __future__ import annotations

from typing import NamedTuple

from placements.models.hosts import OrganisationKind, Sector
from placements.models.programmes import Audience

ORGANISATIONS = {
    "Region Midtjylland": OrganisationKind.REGION,
    "Viborg Kommune": OrganisationKind.MUNICIPALITY,
    "Randers Kommune": OrganisationKind.MUNICIPALITY,
    "Aarhus Kommune": OrganisationKind.MUNICIPALITY,
    "Region Hovedstaden": OrganisationKind.REGION,
    "Københavns Kommune": OrganisationKind.MUNICIPALITY,
    "Foreningen Fællesbordet": OrganisationKind.ASSOCIATION,
}


class DemoUnit(NamedTuple):
    """`host` and `supervisor` are (name, title, e-mail)."""

    name: str
    organisation: str
    sector: Sector
    municipality: str
    address: str
    phone: str
    tasks: str
    host: tuple[str, str, str]
    supervisor: tuple[str, str, str]


_TALKS = (
    "Samtaler én til én med dem, der ønsker det. Følgeskab til aktiviteter og ture. "
    "Være med i caféen om eftermiddagen."
)
_GROUPS = (
    "Være med til at lede en ugentlig gruppe om hverdag og håb. Samtaler én til én. "
    "Deltage i husmødet hver fredag."
)
_CHANGE = (
    "Samtaler én til én med borgere. Fortælle om egne erfaringer på personalemøder. "
    "Hjælpe med at gøre velkomsten bedre."
)

REGIONAL, MUNICIPAL = Sector.REGIONAL, Sector.MUNICIPAL
UNITS = [
    DemoUnit(
        "Sengeafsnit Skovly",
        "Region Midtjylland",
        REGIONAL,
        "Viborg",
        "Skovlyvej 12, 8800 Viborg",
        "78 00 00 11",
        _TALKS,
        ("Hanne Bach Rasmussen", "Afdelingssygeplejerske", "vaert.region@example.org"),
        ("Peter Lund Mikkelsen", "Sygeplejerske", "peter.lund@example.org"),
    ),
    DemoUnit(
        "Ambulatoriet ved Søen",
        "Region Midtjylland",
        REGIONAL,
        "Viborg",
        "Søvej 4, 8800 Viborg",
        "78 00 00 12",
        _CHANGE,
        ("Jette Fogh Olesen", "Afsnitsleder", "jette.fogh@example.org"),
        ("Rikke Damgaard", "Ergoterapeut", "rikke.damgaard@example.org"),
    ),
    DemoUnit(
        "Sengeafsnit Gudenå",
        "Region Midtjylland",
        REGIONAL,
        "Randers",
        "Åbrinken 9, 8900 Randers C",
        "78 00 00 21",
        _GROUPS,
        ("Morten Kjær Bertelsen", "Afsnitsleder", "morten.kjaer@example.org"),
        ("Louise Hedegaard", "Social- og sundhedsassistent", "louise.hedegaard@example.org"),
    ),
    DemoUnit(
        "Lokalpsykiatrien Havnen",
        "Region Midtjylland",
        REGIONAL,
        "Aarhus",
        "Havnepladsen 3, 8000 Aarhus C",
        "78 00 00 31",
        _TALKS,
        ("Ulla Thorsen", "Funktionsleder", "ulla.thorsen@example.org"),
        ("Kasper Vestergaard", "Sygeplejerske", "kasper.vestergaard@example.org"),
    ),
    DemoUnit(
        "Opsøgende team Nord",
        "Region Midtjylland",
        REGIONAL,
        "Aarhus",
        "Nordgade 40, 8200 Aarhus N",
        "78 00 00 32",
        _CHANGE,
        ("Inge-Lise Brandt", "Teamleder", "ingelise.brandt@example.org"),
        ("Tobias Holm", "Psykolog", "tobias.holm@example.org"),
    ),
    DemoUnit(
        "Aktivitetshuset Broen",
        "Viborg Kommune",
        MUNICIPAL,
        "Viborg",
        "Brogade 2, 8800 Viborg",
        "87 00 00 11",
        _GROUPS,
        ("Birthe Møgelvang", "Daglig leder", "vaert.kommune@example.org"),
        ("Simon Fruergaard", "Pædagog", "simon.fruergaard@example.org"),
    ),
    DemoUnit(
        "Bostøtten Vest",
        "Viborg Kommune",
        MUNICIPAL,
        "Viborg",
        "Vestre Ringvej 18, 8800 Viborg",
        "87 00 00 12",
        _TALKS,
        ("Anette Klit", "Teamleder", "anette.klit@example.org"),
        ("Majken Østerby", "Socialrådgiver", "majken.oesterby@example.org"),
    ),
    DemoUnit(
        "Værestedet Kanalen",
        "Randers Kommune",
        MUNICIPAL,
        "Randers",
        "Kanalgade 7, 8900 Randers C",
        "89 00 00 21",
        _GROUPS,
        ("Carsten Balle", "Daglig leder", "carsten.balle@example.org"),
        ("Nanna Skou", "Pædagog", "nanna.skou@example.org"),
    ),
    DemoUnit(
        "Botilbuddet Lærkehuset",
        "Randers Kommune",
        MUNICIPAL,
        "Randers",
        "Lærkevej 25, 8920 Randers NV",
        "89 00 00 22",
        _TALKS,
        ("Dorthe Aagaard Jensen", "Afdelingsleder", "dorthe.aagaard@example.org"),
        ("Emil Rønnow", "Social- og sundhedsassistent", "emil.roennow@example.org"),
    ),
    DemoUnit(
        "Socialpsykiatrisk Center Syd",
        "Aarhus Kommune",
        MUNICIPAL,
        "Aarhus",
        "Søndergade 61, 8260 Viby J",
        "89 00 00 31",
        _CHANGE,
        ("Lene Haugaard", "Centerleder", "lene.haugaard@example.org"),
        ("Frida Nygaard", "Ergoterapeut", "frida.nygaard@example.org"),
    ),
]

H_UNITS = {
    "Psykiatrisk Ambulatorium Øst": ("Region Hovedstaden", REGIONAL, "København"),
    "Støttekontaktteamet Amager": ("Københavns Kommune", MUNICIPAL, "København"),
    "Fællesbordets café": ("Foreningen Fællesbordet", Sector.CIVIL, "København"),
}

STAFF = {
    "admin@example.org": "Ellen Bjerre",
    "koordinator@example.org": "Mette Holm Andersen",
    "koordinator.h@example.org": "Lars Krogsgaard",
    "underviser@example.org": "Camilla Ravn",
    "anders.lykke@example.org": "Anders Lykke",
}

STUDENTS = [
    ("studerende@example.org", "Amalie Kjær Nørgaard", "Viborg"),
    ("bo.toft@example.org", "Bo Toft Lauridsen", "Viborg"),
    ("cecilie.dam@example.org", "Cecilie Dam", "Randers"),
    ("david.aslan@example.org", "David Aslan", "Aarhus"),
    ("esther.ladegaard@example.org", "Esther Ladegaard", "Randers"),
    ("fatima.elamin@example.org", "Fatima El-Amin", "Aarhus"),
    ("gorm.aamann@example.org", "Gorm Aamann Poulsen", "Viborg"),
    ("helle.winther@example.org", "Helle Winther", "Silkeborg"),
]

PAID, VOLUNTEER, COLLEAGUE = Audience.PAID_PEER, Audience.VOLUNTEER_PEER, Audience.COLLEAGUE
H_PARTICIPANTS = [
    ("deltager.h@example.org", "Ida Munkholm", PAID, "Psykiatrisk Ambulatorium Øst"),
    ("jonas.friis@example.org", "Jonas Friis", PAID, "Støttekontaktteamet Amager"),
    ("karla.holst@example.org", "Karla Holst", PAID, "Psykiatrisk Ambulatorium Øst"),
    ("leif.bonde@example.org", "Leif Bonde", VOLUNTEER, "Fællesbordets café"),
    ("mona.said@example.org", "Mona Said", VOLUNTEER, "Fællesbordets café"),
    ("nils.vinding@example.org", "Nils Vinding", COLLEAGUE, "Psykiatrisk Ambulatorium Øst"),
    ("oline.juhl@example.org", "Oline Juhl", COLLEAGUE, "Støttekontaktteamet Amager"),
    ("palle.krag@example.org", "Palle Krag", COLLEAGUE, "Fællesbordets café"),
    ("rune.dalby@example.org", "Rune Dalby", VOLUNTEER, "Støttekontaktteamet Amager"),
    ("sofie.lang@example.org", "Sofie Lang", COLLEAGUE, "Psykiatrisk Ambulatorium Øst"),
]

ROLES = {
    "admin@example.org": "administrator",
    "koordinator@example.org": "koordinator, Viborg",
    "koordinator.h@example.org": "koordinator, Hovedstaden",
    "underviser@example.org": "underviser",
    "vaert.region@example.org": "praktikvært, region",
    "vaert.kommune@example.org": "praktikvært, kommune",
    "studerende@example.org": "studerende, Viborg",
    "deltager.h@example.org": "deltager, Hovedstaden",
}
