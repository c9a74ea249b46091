"""What a picture itself says of its use: sharp enough, and neither too dark nor too bright.

The blur is that of Crété-Roffet and others, "The blur effect: perception and estimation with a new
no-reference perceptual blur metric" (2007): a picture that is blurred already changes little when it is
blurred again. It hardly depends on what is seen, so that one limit serves a car, a road and a licence.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

LONGER_SIDE = 960
"""Pixels to which a picture is brought before it is measured."""
BLURRED = 0.48
"""Blur effect (0 sharp, 1 even) above which a picture is called blurred; sharp views measure 0.19 to 0.35, a
blur of two pixels at 1280 0.44 to 0.63, a shaken or unfocused phone 0.57 and more.
"""
DARK = 70
"""The brightest twentieth of a picture begins below this luma (0 to 255): too dark."""
WHITE, WHITE_SHARE = 250, 0.5
"""So large a share of the picture is at least so bright: overexposed."""
AGAIN = 9
"""Pixels over which the picture is blurred again."""


class PictureFault(StrEnum):
    """Why a picture is better taken again."""

    BLURRED = "blurred"
    DARK = "dark"
    GLARING = "glaring"


def fault_of(content: bytes) -> PictureFault | None:
    """Return what is wrong with an encoded picture, ``None`` when nothing is; ``ValueError`` if it is none.

    Takes some ten milliseconds: call it from a worker thread.
    """
    grey = _grey(content)
    cv2, np = _library("cv2"), _library("numpy")
    if float(np.percentile(grey, 95)) < DARK:
        return PictureFault.DARK
    if float((grey >= WHITE).mean()) > WHITE_SHARE:
        return PictureFault.GLARING
    effect = max(
        _blur_effect(grey, cv2.blur(grey, (AGAIN, 1)), axis=1),
        _blur_effect(grey, cv2.blur(grey, (1, AGAIN)), axis=0),
    )
    return PictureFault.BLURRED if effect > BLURRED else None


def _grey(content: bytes) -> Any:
    cv2, np = _library("cv2"), _library("numpy")
    try:
        read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:  # nothing at all, or larger than anything that a phone takes
        raise ValueError("not a picture") from error
    if read is None:
        raise ValueError("not a picture")
    scale = LONGER_SIDE / max(read.shape)
    if scale < 1:
        read = cv2.resize(read, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return read.astype(np.float32)


def _blur_effect(grey: Any, again: Any, *, axis: int) -> float:
    """Return how little of the steps between neighbours is lost by blurring again: 0 all, 1 nothing."""
    np = _library("numpy")
    before, after = np.abs(np.diff(grey, axis=axis)), np.abs(np.diff(again, axis=axis))
    steps = float(before.sum())
    return 1.0 if steps == 0 else 1.0 - float(np.maximum(before - after, 0).sum()) / steps


@lru_cache(maxsize=2)
def _library(name: str) -> ModuleType:
    """Loaded with the first picture: the start of the desk does not wait a third of a second for OpenCV."""
    return import_module(name)
