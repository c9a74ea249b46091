"""Entry of the media process: ``python -m console media --connect ADDRESS --ring RING``.

Started by the desk only. The key of the pipe is the first line of the standard input, so that it shows up in
no list of processes.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from multiprocessing.connection import Client

import cv2
from PySide6.QtCore import QCoreApplication

from console.contract.frame_ring import FrameRing, open_memory
from console.contract.media import MediaCommand
from console.contract.media_pipe import MediaPipe
from console.media.process import MediaHost


def main(argv: list[str]) -> int:
    """Connect to the desk and serve it; return the exit code."""
    parser = argparse.ArgumentParser(prog="console media", description="The desk's media process.")
    parser.add_argument("--connect", required=True, metavar="ADDRESS", help="the desk's pipe")
    parser.add_argument("--ring", required=True, help="the frame ring: inherited descriptor or tag")
    options = parser.parse_args(argv)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s media %(levelname)s %(name)s: %(message)s"
    )
    for chatty in ("aioice", "aiortc"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the desk, which ends this process in order
    cv2.setNumThreads(1)
    key = sys.stdin.buffer.readline().strip()
    pipe = MediaPipe(Client(options.connect, authkey=key), MediaCommand)
    application = QCoreApplication([])
    return MediaHost(pipe, FrameRing(open_memory(options.ring))).run(application)
