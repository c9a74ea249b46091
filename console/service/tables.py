"""Tables of the service. They are no wire types: bodies of calls, incidents and events are contract JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC without zone, so that both engines store and compare the same."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware moment into naive UTC; a naive one is a bug and raises ``ValueError``."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


Rising = BigInteger().with_variant(Integer(), "sqlite")
"""A number that only rises; SQLite counts by itself in plain INTEGER columns alone."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(32), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("roles", String(200), nullable=False),
    Column("qualified", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("password_set_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("totp_secret", String(200)),
    Column("totp_step", BigInteger),
    Column("certificate", String(64)),
)

passwords = Table(
    "passwords",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("set_at", Moment, primary_key=True),
    Column("password_hash", String(200), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("seat", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("token_until", Moment, nullable=False),
    Column("refresh_hash", String(64), nullable=False, unique=True),
    Column("refresh_before", String(64)),
    Column("refreshed_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index("ix_sessions_seat", "seat"),
    Index("ix_sessions_refresh_before", "refresh_before"),
)

seats = Table(
    "seats",
    metadata,
    Column("seat", String(16), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("idle_since", Moment, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("sequence", Rising, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("incident_id", String(32), nullable=False),
    Column("call_id", String(32)),
    Column("event", Text, nullable=False),
    Index("ix_journal_incident", "incident_id", "sequence"),
    sqlite_autoincrement=True,
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(64), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("asked_at", Moment),
    Column("body", Text, nullable=False),
    Index("ix_incidents_changed", "changed_at"),
    Index("ix_incidents_asked", "asked_at", "id"),
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("party_id", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("hurt_reported", Boolean, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("seat", String(16)),
    Column("resume_token", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("lost_at", Moment),
    Index("ix_calls_queue", "state", "hurt_reported", "placed_at"),
    Index("ix_calls_seat", "seat", "state"),
    Index("ix_calls_party", "party_id"),
    Index("ix_calls_incident", "incident_id"),
    Index("ix_calls_lost", "lost_at", "id"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", String(32), primary_key=True),
    Column("last", Integer, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("begun_at", Moment, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("phone", String(20), nullable=False),
    Column("source", String(16), nullable=False),
    Column("incident_id", String(32)),
    Column("party_id", String(32), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("cookie_hash", String(64), unique=True),
    Column("bound_at", Moment),
    Column("open_until", Moment),
    Column("join_hash", String(64)),
    Column("join_until", Moment),
    Index("ix_links_join", "join_hash", unique=True),
)

signals = Table(
    "signals",
    metadata,
    Column("number", Rising, primary_key=True, autoincrement=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False),
    Column("sender", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_signals_call", "call_id", "number"),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column("caller", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

silent_alerts = Table(
    "silent_alerts",
    metadata,
    Column("incident_id", ForeignKey("incidents.id"), primary_key=True),
    Column("party_id", String(32), primary_key=True),
    Column("code", String(16), primary_key=True),
    Column("raised_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

silent_views = Table(
    "silent_views",
    metadata,
    Column("number", Rising, primary_key=True, autoincrement=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("seat", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("codes", String(200), nullable=False),
    Index("ix_silent_views_incident", "incident_id", "number"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("party_id", String(32)),
    Column("what", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("serves", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried", Boolean, nullable=False),
    Column("claimed_by", String(32)),
    Column("claimed_until", Moment),
    Column("trouble", String(32), nullable=False),
    Column("reference", String(200), nullable=False),
    Column("finished_at", Moment),
    Index("ix_deliveries_due", "state", "channel", "due_at"),
    Index("ix_deliveries_listed", "state", "queued_at", "id"),
)

processes = Table(
    "processes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("process_id", ForeignKey("processes.id"), primary_key=True),
    Column("here", Boolean, nullable=False),
    Column("heard_at", Moment, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("evidence_id", String(32), primary_key=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_readings_open", "done_at", "asked_at"),
)

retention_proofs = Table(
    "retention_proofs",
    metadata,
    Column("number", Rising, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("record", String(32), nullable=False),
    Column("days", Integer, nullable=False),
    Column("rows", Text, nullable=False),
    Column("digests", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("files_removed", Integer, nullable=False),
    Column("bytes_removed", BigInteger, nullable=False),
    Column("done_at", Moment),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("number", Rising, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("role", String(200), nullable=False),
    Column("session", String(32), nullable=False),
    Column("seat", String(32), nullable=False),
    Column("address", String(64), nullable=False),
    Column("process", String(32), nullable=False),
    Column("action", String(200), nullable=False),
    Column("incident_id", String(32), nullable=False),
    Column("record", String(200), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_incident", "incident_id", "number"),
    Index("ix_audit_at", "at"),
)

audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("place", String(8), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
)

one_time_codes = Table(
    "one_time_codes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("act", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", Moment),
    Column("training_text", Text),
    Index("ix_one_time_codes_link", "link_id", "sent_at"),
    Index("ix_one_time_codes_phone", "phone", "sent_at"),
)
