"""A line between a desk and the service that can be cut, or that swallows what the service answers."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self
from urllib.parse import urlsplit


class Cable:
    """Forwards connections to ``target``; ``url`` is its near end."""

    def __init__(self, target: str) -> None:
        place = urlsplit(target)
        self._far = (place.hostname or "", place.port or 0)
        self._near = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._near.getsockname()[1]}"
        self.swallow_answers = False
        """Answers are dropped from now on, and the connection with the first of them."""
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._take, name="cable")]
        self._threads[0].start()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._near.accept()
                far = socket.create_connection(self._far)
                self._open += [near, far]
                for source, target, answers in ((near, far, False), (far, near, True)):
                    carrying = threading.Thread(
                        target=self._carry, args=(source, target, answers), name="cable"
                    )
                    self._threads.append(carrying)
                    carrying.start()

    def _carry(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if answers and self.swallow_answers:
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Break every connection; new ones are carried."""
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._near.shutdown(socket.SHUT_RDWR)
        self._near.close()
        self.cut()
        for thread in list(self._threads):
            thread.join(10)
        for end in self._open:
            end.close()
