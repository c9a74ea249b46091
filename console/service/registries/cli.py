"""``python -m console registry``: serves the training town's registers by the published contract.

For whoever writes the other side, and to see a service work with registries that are elsewhere.
"""

from __future__ import annotations

import argparse
import json

import uvicorn

from console.service.core import utc_now
from console.service.registries.server import create_registry_app
from console.service.registries.training import TrainingRegistry
from console.service.settings import RESOURCES


def main(argv: list[str]) -> int:
    """Serve on loopback until told to stop, or print the contract; return 0."""
    parser = argparse.ArgumentParser(prog="python -m console registry", description=__doc__)
    parser.add_argument("--port", type=int, default=8450, help="port to listen on")
    parser.add_argument("--print-openapi", action="store_true", help="print the contract and end")
    words = parser.parse_args(argv)
    app = create_registry_app(TrainingRegistry(RESOURCES / "scenarios", utc_now))
    if words.print_openapi:
        print(json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True))
        return 0
    uvicorn.run(app, host="127.0.0.1", port=words.port, log_level="warning", access_log=False)
    return 0
