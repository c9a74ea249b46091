"""What the party sees of the desk: nothing, a card, the camera."""

from __future__ import annotations

import asyncio

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from console.contract.media import MediaError, MediaFault, OfficerPicture
from console.media.camera import picture_of
from console.media.officer import CAMERA_RATE, CARD_RATE, HEIGHT, WIDTH, OfficerView, fitted
from console.media.tracks import PictureTrack


async def shown(track: PictureTrack) -> NDArray[np.uint8] | None:
    """Return the picture the track sends next in gray, or ``None`` if it sends nothing for a while."""
    try:
        async with asyncio.timeout(0.6):
            return np.asarray((await track.recv()).to_ndarray(format="gray"), np.uint8)
    except TimeoutError:
        return None


def test_sources_follow_the_choice() -> None:
    async def scenario() -> None:
        view, track = OfficerView(), PictureTrack()
        encoded, white = cv2.imencode(".png", np.full((300, 400, 3), 255, np.uint8))
        assert encoded
        view.attach(track)
        view.set_card(white.tobytes())
        assert await shown(track) is None
        view.choose(OfficerPicture.CARD)
        card = await shown(track)
        assert card is not None
        assert (card.shape, track.rate) == ((HEIGHT, WIDTH), CARD_RATE)
        assert card.mean() > 250
        view.filmed(np.zeros((720, 1280, 3), np.uint8))
        still_card = await shown(track)
        assert still_card is not None
        assert still_card.mean() > 250
        view.choose(OfficerPicture.CAMERA)
        assert await shown(track) is None
        view.filmed(np.zeros((720, 1280, 3), np.uint8))
        filmed = await shown(track)
        assert filmed is not None
        assert (filmed.mean() < 5, track.rate) == (True, CAMERA_RATE)
        view.choose(OfficerPicture.OFF)
        assert await shown(track) is None

    asyncio.run(scenario())


def test_a_card_that_is_no_picture_is_refused() -> None:
    with pytest.raises(MediaError) as refused:
        OfficerView().set_card(b"no picture")
    assert refused.value.fault is MediaFault.CONTENT_CORRUPT


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1, 1000), (640, 480)])
def test_pictures_keep_their_shape(size: tuple[int, int]) -> None:
    made = fitted(np.full((size[1], size[0], 3), 200, np.uint8))
    assert made.shape == (HEIGHT, WIDTH, 3)
    lit = np.argwhere(made[:, :, 0] > 100)
    height, width = lit.max(axis=0) - lit.min(axis=0) + 1
    scale = min(WIDTH / size[0], HEIGHT / size[1])
    assert abs(height - size[1] * scale) <= 1
    assert abs(width - max(1, size[0] * scale)) <= 1


@pytest.mark.parametrize("pixel_format", [QImage.Format.Format_RGB32, QImage.Format.Format_RGB888])
def test_camera_image_becomes_bgr(pixel_format: QImage.Format) -> None:
    image = QImage(7, 3, pixel_format)
    image.fill(QColor(10, 20, 30))
    picture = picture_of(image)
    assert picture.shape == (3, 7, 3)
    assert picture[2, 6].tolist() == [30, 20, 10]
