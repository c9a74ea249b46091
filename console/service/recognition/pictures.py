"""Pictures from outside: decoded within bounds, or refused before anything large is made of them."""

from __future__ import annotations

import io
import warnings

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from console.domain.errors import DomainError

Picture = npt.NDArray[np.uint8]
"""Rows, columns, and blue, green and red."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""As the evidence store: a few kilobytes can name gigabytes."""
MIN_SIDE = 24
"""Pixels below which nothing can be read."""
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


def decoded(data: bytes) -> Picture:
    """Return the picture in ``data``, turned as its camera says.

    Raises ``empty_file``, ``too_large`` or ``not_a_picture``.
    """
    if not data:
        raise DomainError("empty_file")
    if len(data) > MAX_BYTES:
        raise DomainError("too_large")
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_FORMATS) as image,
        ):
            if image.width * image.height > MAX_PIXELS:
                raise DomainError("too_large")
            image.load()
            turned = ImageOps.exif_transpose(image)
            if "A" in turned.getbands() or "transparency" in turned.info:
                clear = turned.convert("RGBA")
                turned = Image.alpha_composite(Image.new("RGBA", clear.size, (255, 255, 255, 255)), clear)
            colours = np.asarray(turned.convert("RGB"), np.uint8)
    except Image.DecompressionBombError as bomb:
        raise DomainError("too_large") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError) as broken:
        raise DomainError("not_a_picture") from broken
    if min(colours.shape[:2]) < MIN_SIDE:
        raise DomainError("not_a_picture")
    return np.ascontiguousarray(colours[:, :, ::-1])
