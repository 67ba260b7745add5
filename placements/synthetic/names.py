"""What synthetic people and places are called. Common names come often, as they do."""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("""
    Anne Peter Kirsten Jens Mette Lars Hanne Michael Anna Henrik Helle Thomas Susanne Søren Lene Jan Maria
    Christian Marianne Martin Inge Niels Karen Morten Lone Jesper Bente Anders Camilla Rasmus Charlotte Mads
    Jette Hans Tina Per Louise Ole Pia Kim Birgitte Bo Sofie Frederik Ida Emil Freja Noah Fatima Ahmed Amira
    Ali Maja Oscar Laura Viktor Ea Åse Øjvind Ulla Torben Signe Kasper Line Jonas Nanna Simon Astrid Jakob
    Rikke Magnus Trine Daniel Cecilie
""")
LAST = _words("""
    Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen
    Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen Jacobsen
    Mikkelsen Olesen Frederiksen Laursen Henriksen Lund Holm Schmidt Eriksen Kristiansen Simonsen Clausen
    Svendsen Andreasen Iversen Jeppesen Mogensen Jespersen Nissen Lauridsen Frandsen Østergaard Jepsen Kjær
    Carlsen Vestergaard Nørgaard Dahl Bach Bertelsen Villadsen Lindberg Aagaard Ågård Skov Krogh Winther Bech
    Toft Dam Hald Friis Bang Juhl Bjerre Kruse Lindholm Hassan
""")
PLACES = _words(
    "Birke Bøge Ege Fjord Hav Høj Kilde Lind Lyng Mølle Park Skov Sol Strand Sø Torve Vester Øster Å"
)
KINDS = _words("huset gården parken centret hjemmet lunden vænget teamet klinikken toften")
MUNICIPALITIES = _words("""
    Viborg Randers Aarhus Herning Skive Silkeborg Horsens Holstebro Favrskov Norddjurs Syddjurs Struer Lemvig
""")


def person(random: Random) -> str:
    """Common names first: the square of a chance leans to the beginning of a list."""
    first, last = _common(random, FIRST), _common(random, LAST)
    if random.random() < 0.4:
        return f"{first} {random.choice(LAST)} {last}"
    return f"{first} {last}"


def _common(random: Random, names: list[str]) -> str:
    return names[int(random.random() ** 2 * len(names))]


def unit(random: Random, number: int) -> str:
    kind = "Afsnit" if number % 2 else "Bostedet"
    return f"{kind} {random.choice(PLACES)}{random.choice(KINDS)} {number}"
