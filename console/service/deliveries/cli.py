"""``python -m console receiver``: takes deliveries by the published contract and does nothing with them.

For whoever writes the other side, and to see a service deliver to systems that are elsewhere.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import uvicorn

from console.domain.delivery import Channel
from console.service.core import utc_now
from console.service.deliveries.server import create_receiver_app
from console.service.deliveries.signing import SHORTEST_KEY
from console.service.deliveries.training import TrainingReceiver


def main(argv: list[str]) -> int:
    """Serve on loopback until told to stop, or print the contract; return 0, or 1 for an unusable key."""
    parser = argparse.ArgumentParser(prog="python -m console receiver", description=__doc__)
    parser.add_argument("--port", type=int, default=8451, help="port to listen on")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--key", type=Path, help="file with the shared key, at least 32 bytes")
    what.add_argument("--print-openapi", action="store_true", help="print the contract and end")
    words = parser.parse_args(argv)
    key = b"" if words.key is None else words.key.read_bytes().strip()
    app = create_receiver_app({one: TrainingReceiver(one, utc_now) for one in Channel}, key, utc_now)
    if words.print_openapi:
        print(json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True))
        return 0
    if len(key) < SHORTEST_KEY:
        print(f"the key needs at least {SHORTEST_KEY} bytes")
        return 1
    uvicorn.run(app, host="127.0.0.1", port=words.port, log_level="warning", access_log=False)
    return 0
