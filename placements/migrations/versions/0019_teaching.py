"""The theory: runs, sessions, attendance, exceptions

Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "own_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "counts_as",
            sa.Enum(
                "present",
                "absent",
                "excused",
                name="attendancestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_own_status_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_status")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_own_status_programme_id_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "module_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sign_up", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_module_run_seats")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_module_run_cohort_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_run_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_run")),
        sa.UniqueConstraint(
            "cohort_id", "module_id", "number", name=op.f("uq_module_run_cohort_id_module_id_number")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("module_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_run_module_id"), ["module_id"], unique=False)

    op.create_table(
        "study_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_study_group_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_group")),
        sa.UniqueConstraint("cohort_id", "name", name=op.f("uq_study_group_cohort_id_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "completion_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "attendance",
                "compulsory",
                "deadline",
                "practicum_weeks",
                "practicum_hours",
                "follow_up_days",
                name="completionrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_completion_exception_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["app_user.id"], name=op.f("fk_completion_exception_given_by_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_completion_exception_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_exception")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("completion_exception", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_completion_exception_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_completion_exception_given_by_id"), ["given_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_completion_exception_module_id"), ["module_id"], unique=False)

    op.create_table(
        "run_sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_run_sign_up_enrolment_id")),
        sa.ForeignKeyConstraint(["run_id"], ["module_run.id"], name=op.f("fk_run_sign_up_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_sign_up")),
        sa.UniqueConstraint("run_id", "enrolment_id", name=op.f("uq_run_sign_up_run_id_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("run_sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_sign_up_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_run_sign_up_run_id"), ["run_id"], unique=False)

    op.create_table(
        "study_group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_study_group_member_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["study_group.id"], name=op.f("fk_study_group_member_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_group_member")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_study_group_member_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("study_group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_group_member_group_id"), ["group_id"], unique=False)

    op.create_table(
        "teaching_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("extra_minutes", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("register_kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("register_kept_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_teaching_session_times")),
        sa.ForeignKeyConstraint(
            ["register_kept_by_id"], ["app_user.id"], name=op.f("fk_teaching_session_register_kept_by_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["module_run.id"], name=op.f("fk_teaching_session_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaching_session")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("teaching_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_teaching_session_held_on_starts_at_id"),
            ["held_on", "starts_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_teaching_session_register_kept_by_id"), ["register_kept_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_teaching_session_run_id_held_on"), ["run_id", "held_on"], unique=False
        )

    op.create_table(
        "absence_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "illness",
                "work",
                "family",
                "appointment",
                "other",
                name="absencereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_absence_notice_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["teaching_session.id"], name=op.f("fk_absence_notice_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_notice")),
        sa.UniqueConstraint(
            "session_id", "enrolment_id", name=op.f("uq_absence_notice_session_id_enrolment_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("absence_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_notice_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "present",
                "absent",
                "excused",
                name="attendancestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("own_status_id", sa.Integer(), nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("early_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "illness",
                "work",
                "family",
                "appointment",
                "other",
                name="absencereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("late_minutes >= 0 AND early_minutes >= 0", name=op.f("ck_attendance_minutes")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["own_status_id"], ["own_status.id"], name=op.f("fk_attendance_own_status_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["teaching_session.id"], name=op.f("fk_attendance_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("session_id", "enrolment_id", name=op.f("uq_attendance_session_id_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_own_status_id"), ["own_status_id"], unique=False)

    op.create_table(
        "session_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["teaching_session.id"], name=op.f("fk_session_guest_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_guest")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("session_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_guest_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_teacher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "peer",
                "professional",
                "external",
                name="teacherkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["teaching_session.id"], name=op.f("fk_session_teacher_session_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_session_teacher_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_teacher")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("session_teacher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_teacher_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_teacher_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("excused_left_out", sa.Boolean(), nullable=True))
    op.execute("UPDATE programme SET excused_left_out = true")
    with op.batch_alter_table("programme", table_kwargs=KEPT) as batch_op:
        batch_op.alter_column("excused_left_out", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
