"""The officer's camera, by QtMultimedia, in the media process's main thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

logger = logging.getLogger(__name__)


class OfficerCamera(QObject):
    """Films while it is wanted and gives every picture (BGR) to ``on_picture``, in this object's thread.

    ``want`` may be emitted from any thread: a device id, an empty text for the system's default, ``None`` to
    switch the camera off.
    """

    want = Signal(object)

    def __init__(self, on_picture: Callable[[NDArray[np.uint8]], None]) -> None:
        super().__init__()
        self._on_picture = on_picture
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._filmed)
        self._camera: QCamera | None = None
        self._wish: str | None = None
        self.want.connect(self._wanted)

    def stop(self) -> None:
        """Switch the camera off."""
        if self._camera is not None:
            self._camera.stop()
            self._camera.deleteLater()
            self._camera = None

    def _wanted(self, device_id: str | None) -> None:
        if device_id == self._wish:
            return
        self._wish = device_id
        self.stop()
        if device_id is None:
            return
        default = QMediaDevices.defaultVideoInput()
        known = QMediaDevices.videoInputs()
        chosen = next((camera for camera in known if camera.id().data() == device_id.encode()), default)
        if chosen.isNull():
            logger.warning("there is no camera")
            return
        self._camera = QCamera(chosen, self)
        self._session.setCamera(self._camera)
        self._camera.start()

    def _filmed(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if not image.isNull():
            self._on_picture(picture_of(image))


def picture_of(image: QImage) -> NDArray[np.uint8]:
    """Return a copy of the image as ``(height, width, 3)`` BGR."""
    plain = image.convertToFormat(QImage.Format.Format_BGR888)
    width, height = plain.width(), plain.height()
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(height, plain.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()
