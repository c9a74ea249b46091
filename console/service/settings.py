"""How one service process is set up: every setting, with its words, stands here and nowhere else.

``python -m console service settings`` prints them. Times are in seconds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

DATABASE_URL = "KUAICHU_DATABASE_URL"
"""Names the environment variable with the database's URL, which may hold a password; empty: SQLite."""
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``data`` holds everything this service writes; links to the party's page begin with ``base_url``."""

    data: Path
    base_url: str = "https://127.0.0.1"
    training: bool = True
    lan: bool = False
    resources: Path = RESOURCES
    database_url: str = ""
    second_factor: bool = False

    city: Annotated[str, "id of a city in resources/cities, or the path of its folder"] = "training_town"
    registry_url: Annotated[str, "URL of the city's registries; training without one asks its own town"] = ""
    registry_ca: Annotated[Path | None, "PEM file of the authority behind that URL; else the system's"] = None
    registry_token: Annotated[Path | None, "file that holds the bearer token for that URL"] = None
    registry_seconds: Annotated[float, "longest wait for a registry"] = 6.0
    ring_seconds: Annotated[float, "a call unanswered at a seat for so long goes back to the queue"] = 15.0
    party_gone_seconds: Annotated[float, "a party silent for so long counts as interrupted"] = 20.0
    waiting_gone_seconds: Annotated[float, "a waiting party silent for so long has given up"] = 90.0
    heartbeat_seconds: Annotated[float, "longest silence on a stream; sign-ins are looked at as often"] = 10.0
    send_timeout_seconds: Annotated[float, "a reader that takes nothing for so long is cut off"] = 20.0
    max_lag: Annotated[int, "journal entries that a desk may be behind before it is told to resync"] = 5_000
    drain_seconds: Annotated[float, "time that running requests get when the service ends"] = 5.0
    session_seconds: Annotated[float, "longest time from sign-in to sign-out"] = 12 * 3600.0
    token_seconds: Annotated[float, "life of an access token, after which it is renewed"] = 15 * 60.0
    link_seconds: Annotated[float, "time in which a party's link may be opened first"] = 2 * 3600.0
    visit_seconds: Annotated[float, "time that an opened link stays open in its browser, before service"] = (
        24 * 3600.0
    )
    code_pause_seconds: Annotated[float, "time between two one-time codes to a phone for the same act"] = 30.0
    retention_seconds: Annotated[float, "time between two runs of retention; 0: by hand alone"] = 24 * 3600.0
    reading_seconds: Annotated[float, "longest time to read one document; what takes longer is given up"] = (
        90.0
    )
    evidence_floor_bytes: Annotated[int, "with less room for evidence the service is not ready"] = 1 << 30
    calendar_days: Annotated[int, "coming days that the calendar must know, or the service is not ready"] = 10
    metrics_token: Annotated[Path | None, "file with the token of /metrics; without it loopback alone"] = None

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database: the given one, or the embedded file in ``data``."""
        return self.database_url or f"sqlite:///{(self.data / 'service.sqlite3').as_posix()}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One setting as it is told: field, option of the command line, what it takes, default, words."""

    name: str
    option: str
    kind: type
    default: Any
    words: str


def told() -> Iterator[Told]:
    """Yield every setting that has an option of its own, in the order above."""
    hints = get_type_hints(Settings, include_extras=True)
    for item in fields(Settings):
        hint = hints[item.name]
        if get_origin(hint) is Annotated:
            kind, words = get_args(hint)
            yield Told(
                name=item.name,
                option="--" + item.name.replace("_", "-"),
                kind=Path if kind == Path | None else kind,
                default=item.default,
                words=words,
            )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` an option for every setting; one that is not given leaves no trace."""
    group = parser.add_argument_group("settings", "times are in seconds")
    for item in told():
        group.add_argument(
            item.option,
            type=item.kind,
            default=argparse.SUPPRESS,
            metavar=item.kind.__name__.upper(),
            help=f"{item.words} (default: {item.default if item.default not in (None, '') else 'none'})",
        )


def given(words: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that were given on the command line, by field."""
    return {item.name: getattr(words, item.name) for item in told() if hasattr(words, item.name)}
