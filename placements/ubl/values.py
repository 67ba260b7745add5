"""What both forms of a bill say. Amounts are whole kroner; numbers have been checked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Seller:
    """`cvr` has eight digits; `ean` thirteen, or is empty; `account` is the bank's own and the account's."""

    name: str
    cvr: str
    ean: str
    street: str
    postal_code: str
    city: str
    account: tuple[str, str]
    contact: Contact

    @property
    def vat_number(self) -> str:
        return f"DK{self.cvr}"


@dataclass(frozen=True, slots=True)
class Payer:
    """`town` is the municipality's name: more of the address is not known, and none is needed."""

    name: str
    ean: str
    town: str
    contact: Contact
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    number: str
    issued_on: date
    due_on: date
    text: str
    amount: int
    exemption: str
    seller: Seller
    payer: Payer

    @property
    def kroner(self) -> str:
        return f"{self.amount}.00"
