"""``python -m console service``: runs one service process, or prints its OpenAPI description."""

from __future__ import annotations

import argparse
import json
import logging
import signal
from pathlib import Path

from uvicorn.server import HANDLED_SIGNALS

from console.service import logs
from console.service.app import create_app, openapi
from console.service.core import Core
from console.service.database import Database
from console.service.server import Service, set_up
from console.service.settings import Settings

log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Run until SIGTERM or SIGINT; return 0, or 1 when the service cannot start."""
    words = _parser().parse_args(argv)
    if words.print_openapi:
        print(openapi_text(), end="")
        return 0
    logs.to_standard_error()
    settings = Settings(data=words.data.resolve(), training=not words.live, lan=words.lan)
    for number in HANDLED_SIGNALS:
        signal.signal(number, lambda *_: None)  # uvicorn raises the signal again after it has stopped
    try:
        service = set_up(settings, words.port, _say_ready)
    except OSError:
        log.exception("cannot start")
        return 1
    service.run()
    return 0


def openapi_text() -> str:
    """Return the OpenAPI 3.1 description as sorted JSON, the same at every call."""
    core = Core(Settings(data=Path()), Database("sqlite://"))
    return json.dumps(openapi(create_app(core)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


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
    return parser
