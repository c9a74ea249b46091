"""A fictional person's head and shoulders, and the photograph of it that documents and registry carry."""

from __future__ import annotations

import io

from PIL import Image

from console.training.features import head, shoulders
from console.training.look import RGB, Look, look_of
from console.training.pen import Pen

PORTRAIT = (800, 1000)
"""Pixels of head and shoulders."""
PHOTO = (400, 500)
"""Pixels of a photograph for a document."""
PHOTO_GROUND: RGB = (236, 240, 246)
PHOTO_QUALITY = 92


def portrait(look: Look, *, talking: bool = False) -> Image.Image:
    """Head and shoulders, RGBA, ``PORTRAIT`` pixels, background clear."""
    pen = Pen(PORTRAIT)
    shoulders(pen, look)
    head(pen, look, talking=talking)
    return pen.finished()


def photo(id_number: str) -> bytes:
    """The photograph that a registry keeps of the person with this number: JPEG, ``PHOTO`` pixels."""
    encoded = io.BytesIO()
    drawn = on_ground(portrait(look_of(id_number)), PHOTO_GROUND)
    drawn.resize(PHOTO, Image.Resampling.LANCZOS).save(encoded, "JPEG", quality=PHOTO_QUALITY)
    return encoded.getvalue()


def on_ground(image: Image.Image, ground: RGB) -> Image.Image:
    """A portrait on a plain background, as RGB."""
    plain = Image.new("RGB", image.size, ground)
    plain.paste(image, mask=image.getchannel("A"))
    return plain
