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
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("seat", String(16), nullable=False),
    Column("expires_at", Moment, nullable=False),
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
    Column("body", Text, nullable=False),
    Index("ix_incidents_changed", "changed_at"),
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
    Index("ix_calls_state", "state", "placed_at"),
    Index("ix_calls_party", "party_id"),
    Index("ix_calls_incident", "incident_id"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", String(32), primary_key=True),
    Column("last", Integer, nullable=False),
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

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", String(32), primary_key=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("party_id", String(32), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("serves", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("ix_outbox_due", "sent_at", "due_at"),
)
