"""Who is asking: a frozen snapshot of a person's rights, the argument of every `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass, field

from placements.models.sign_ins import SignInMethod
from placements.models.users import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`programme_ids`: coordinated; `teaching_ids`: programmes taught; `unit_ids`: units hosted;
    `method`: how they signed in this time; `acting_name`: who it is, of those who share the account.

    Someone who is not signed in has no id and no roles, and so sees nothing.
    """

    id: int | None = None
    name: str = ""
    email: str = ""
    locale: str = "da"
    session_key: str = ""
    method: SignInMethod | None = None
    shared: bool = False
    acting_name: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    programme_ids: frozenset[int] = field(default_factory=frozenset)
    teaching_ids: frozenset[int] = field(default_factory=frozenset)
    unit_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_authenticated(self) -> bool:
        return self.id is not None

    @property
    def is_active(self) -> bool:
        return self.id is not None

    @property
    def is_anonymous(self) -> bool:
        return self.id is None

    @property
    def signed_name(self) -> str:
        """What stands under what this person does: of a shared account the person, and for whom."""
        return f"{self.acting_name} for {self.name}" if self.acting_name else self.name

    def get_id(self) -> str:
        """What the cookie holds: the random key of the server-side session."""
        return self.session_key


ANONYMOUS = Actor()
