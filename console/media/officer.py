"""What the party sees of the desk: nothing, a card, or the officer's camera."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from console.contract.media import MediaError, MediaFault, OfficerPicture
from console.media.tracks import PictureTrack

WIDTH, HEIGHT = 640, 480
CAMERA_RATE = 15.0
CARD_RATE = 5.0
"""A card does not move; a few pictures a second let a party that lost one see it again soon."""

Picture = NDArray[np.uint8]


class OfficerView:
    """Chooses the picture and shows it on the running call's track; event loop thread, except ``filmed``."""

    def __init__(self) -> None:
        self.source = OfficerPicture.OFF
        self._card: Picture | None = None
        self._track: PictureTrack | None = None

    def attach(self, track: PictureTrack | None) -> None:
        """Show on this track from now on."""
        self._track = track
        self._refresh()

    def choose(self, source: OfficerPicture) -> None:
        """Change what is shown."""
        self.source = source
        self._refresh()

    def set_card(self, encoded: bytes) -> None:
        """Take a PNG or JPEG as the card. Raises ``MediaError(CONTENT_CORRUPT)``."""
        decoded = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
        if decoded is None:
            raise MediaError(MediaFault.CONTENT_CORRUPT)
        self._card = fitted(np.asarray(decoded, np.uint8))
        self._refresh()

    def filmed(self, picture: Picture) -> None:
        """Take one camera picture (BGR) from the devices' thread."""
        track = self._track
        if track is not None and self.source is OfficerPicture.CAMERA:
            track.show(fitted(picture))

    def _refresh(self) -> None:
        if self._track is None:
            return
        self._track.hide()
        self._track.rate = CAMERA_RATE if self.source is OfficerPicture.CAMERA else CARD_RATE
        if self.source is OfficerPicture.CARD and self._card is not None:
            self._track.show(self._card)


def fitted(picture: Picture) -> Picture:
    """Return the picture scaled into 640 x 480 with black bars where its shape differs."""
    height, width = picture.shape[:2]
    scale = min(WIDTH / width, HEIGHT / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    canvas = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    left, top = (WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2
    canvas[top : top + size[1], left : left + size[0]] = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA
    )
    return canvas
