"""Network groups: more programmes, facilitators, a waiting list, answers by mail

Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""What SQLite's copy of a table would lose."""

BEFORE = ("offered", "accepted", "declined", "left")
NOW = ("waiting", *BEFORE, "moved")


def _status(*values: str) -> sa.Enum:
    return sa.Enum(*values, name="networkplacestatus", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "network_facilitator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (name IS NULL)", name=op.f("ck_network_facilitator_who")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["network_group.id"], name=op.f("fk_network_facilitator_group_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_network_facilitator_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_facilitator")),
        sa.UniqueConstraint("group_id", "user_id", name=op.f("uq_network_facilitator_group_id_user_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("network_facilitator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_facilitator_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_facilitator_user_id"), ["user_id"], unique=False)

    op.create_table(
        "network_group_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["network_group.id"], name=op.f("fk_network_group_programme_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_network_group_programme_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_group_programme")),
        sa.UniqueConstraint(
            "group_id", "programme_id", name=op.f("uq_network_group_programme_group_id_programme_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("network_group_programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_group_programme_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_network_group_programme_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "network_answer_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["network_place.id"], name=op.f("fk_network_answer_link_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_answer_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_network_answer_link_token_hash")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("network_answer_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_answer_link_place_id"), ["place_id"], unique=False)

    with op.batch_alter_table("network_meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("network_place", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("offered_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.alter_column(
            "status", existing_type=_status(*BEFORE), type_=_status(*NOW), existing_nullable=False
        )


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
