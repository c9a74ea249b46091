"""Importing what is large while the window already takes input."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal


class Loading(QObject):
    """Imports modules, one after the other, on a thread of its own.

    ``arrived`` brings each module, ``failed`` the error after which no other comes; both on the GUI thread,
    on which this is created. Nothing is collected meanwhile: a collector on the importing thread would
    destroy there what belongs to the GUI thread.
    """

    arrived = Signal(object)
    failed = Signal(Exception)
    _imported = Signal(object)
    _broken = Signal(object)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._import, name="loading")
        self._imported.connect(self.arrived, Qt.ConnectionType.QueuedConnection)
        self._broken.connect(self.failed, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def stop(self) -> None:
        """Import nothing more once the module under way is through."""
        self._stopping.set()

    def join(self) -> None:
        """Wait until the thread has ended; blocks."""
        if self._thread.ident is not None:
            self._thread.join()

    def _import(self) -> None:
        gc.disable()
        try:
            for name in self._names:
                if self._stopping.is_set():
                    break
                self._imported.emit(importlib.import_module(name))
        except Exception as error:
            self._broken.emit(error)
        finally:
            gc.freeze()  # modules live as long as the process
            gc.enable()
