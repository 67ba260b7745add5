"""What a party says does not fit in an agreement, before signing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.agreements import Agreement
from placements.models.events import Audited
from placements.models.users import User


class AgreementRemark(Audited, Model):
    """Said of version `number`; settled when the coordinator has done something about it."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(info={"sensitive": True})
    said_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    agreement: Mapped[Agreement] = relationship()
    user: Mapped[User] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "placement", self.agreement.placement_id
