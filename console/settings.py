"""How one desk is started: its command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``data`` holds everything this desk writes; ``ca`` is trusted instead of the system's store.

    ``sign_in`` is a file with a ``SignIn`` that is read once and deleted; ``observe`` a file to which a
    training run wants it written down what was shown (``console.contract.observation``). ``lan`` shows a
    link for phones of the same network on the idle screen. ``lock_minutes`` without a touch outside a call
    lock the screen; 0 never does.
    """

    service: str
    data: Path
    ca: Path | None = None
    sign_in: Path | None = None
    observe: Path | None = None
    lan: bool = False
    lock_minutes: int = 10

    @property
    def vault(self) -> Path:
        """Folder of evidence, drafts and local key."""
        return self.data / "vault"

    @property
    def map_cache(self) -> Path:
        """Folder of the map tiles that were fetched; it may be deleted at any time."""
        return self.data / "map"

    @property
    def look(self) -> Path:
        """File with the look worn last."""
        return self.data / "look.ini"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.data / "logs" / "desk.log"

    @property
    def owner(self) -> str:
        """Whose secrets these are in the keyring: one set for each data folder."""
        return f"kuaichu-desk {self.data.resolve()}"


def parse(argv: list[str]) -> Settings:
    """Return the settings of ``python -m console desk``; ends the process on a wrong command line."""
    parser = argparse.ArgumentParser(prog="python -m console desk", description=__doc__)
    parser.add_argument("--service", required=True, type=_address, help="https address of the service")
    parser.add_argument("--data", required=True, type=Path, help="folder for everything this desk writes")
    parser.add_argument("--ca", type=Path, help="PEM file to trust instead of the system's store")
    parser.add_argument("--sign-in", type=Path, help="file with a sign-in, deleted after reading")
    parser.add_argument("--observe", type=Path, help="file to write down what is shown, for training runs")
    parser.add_argument("--lan", action="store_true", help="show a link for phones of this network")
    parser.add_argument(
        "--lock-minutes",
        type=int,
        choices=range(0, 121),
        metavar="MINUTES",
        default=Settings.lock_minutes,
        help="minutes without a touch, outside a call, after which the screen locks; 0: never",
    )
    options = parser.parse_args(argv)
    return Settings(
        service=options.service,
        data=options.data,
        ca=options.ca,
        sign_in=options.sign_in,
        observe=options.observe,
        lan=options.lan,
        lock_minutes=options.lock_minutes,
    )


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise argparse.ArgumentTypeError("the service's address begins with https:// and holds no sign-in")
    return text.rstrip("/")
