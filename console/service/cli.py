"""``python -m console service``: runs one service process, or prints its OpenAPI description."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
from pathlib import Path

from uvicorn.server import HANDLED_SIGNALS

from console.service import logs
from console.service.admin import cli as admin
from console.service.admin import law
from console.service.app import create_app, openapi
from console.service.cities import TRAINING_TOWN
from console.service.cities import cli as city
from console.service.core import Core
from console.service.database import Database
from console.service.server import Service, set_up
from console.service.settings import DATABASE_URL, Settings, add_options, given, told
from console.service.upkeep import cli as upkeep

log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Run until SIGTERM or SIGINT, or do what an administrator asks; return 0, or 1 when it cannot be."""
    if argv and argv[0] in admin.WORDS:
        return admin.main(argv)
    if argv and argv[0] in upkeep.WORDS:
        return upkeep.main(argv)
    if argv[:1] == ["city"]:
        return city.main(argv[1:])
    if argv[:1] == ["law"]:
        return law.main(argv[1:])
    if argv == ["settings"]:
        for item in told():
            print(f"{item.option:24} {item.default!s:14} {item.words}")
        print(f"{DATABASE_URL:24} {'(environment)':14} URL of a PostgreSQL database; else SQLite")
        return 0
    words = _parser().parse_args(argv)
    if words.print_openapi:
        print(openapi_text(), end="")
        return 0
    logs.to_standard_error()
    if words.live and given(words).get("city", TRAINING_TOWN) == TRAINING_TOWN:
        return _cannot_start("a live service needs --city: the id of a city, or the path of its folder")
    settings = Settings(
        data=words.data.resolve(),
        training=not words.live,
        lan=words.lan,
        second_factor=words.live,
        database_url=os.environ.get(DATABASE_URL, ""),
        **given(words),
    )
    for number in HANDLED_SIGNALS:
        signal.signal(number, lambda *_: None)  # uvicorn raises the signal again after it has stopped
    try:
        service = set_up(settings, words.port, _say_ready)
    except (OSError, ValueError) as error:
        return _cannot_start(*str(error).splitlines())
    service.run()
    return 0


def openapi_text() -> str:
    """Return the OpenAPI 3.1 description as sorted JSON, the same at every call."""
    core = Core(Settings(data=Path()), Database("sqlite://"))
    return json.dumps(openapi(create_app(core)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cannot_start(*reasons: str) -> int:
    for reason in reasons:
        log.error("cannot start: %s", reason)
    return 1


def _say_ready(service: Service) -> None:
    line = {"ready": "service", "url": service.url, "ca": str(service.files.ca)}
    if service.lan_url:
        line["lan_url"] = service.lan_url
    print(json.dumps(line), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m console service")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="folder for everything the service writes")
    what.add_argument("--print-openapi", action="store_true", help="print the description and end")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--lan", action="store_true", help="listen on the local network too")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--training", action="store_true", help="fictional people alone (the default)")
    mode.add_argument("--live", action="store_true", help="real people; no training accounts are made")
    add_options(parser)
    return parser
