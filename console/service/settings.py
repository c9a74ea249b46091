"""How one service process is set up. Times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``data`` holds everything this service writes; links to the party's page begin with ``base_url``.

    ``max_lag`` is the number of journal entries that a desk may be behind before it is told to resync.
    """

    data: Path
    base_url: str = "https://127.0.0.1"
    training: bool = True
    lan: bool = False
    resources: Path = RESOURCES
    database_url: str = ""
    ring_seconds: float = 15.0
    party_gone_seconds: float = 20.0
    heartbeat_seconds: float = 10.0
    send_timeout_seconds: float = 20.0
    session_seconds: float = 12 * 3600.0
    link_seconds: float = 2 * 3600.0
    visit_seconds: float = 24 * 3600.0
    max_lag: int = 5_000

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database: the given one, or the embedded file in ``data``."""
        return self.database_url or f"sqlite:///{(self.data / 'service.sqlite3').as_posix()}"
