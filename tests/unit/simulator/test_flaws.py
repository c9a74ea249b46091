"""Flaws of a view: each spoils the picture in its own way and leaves its size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from console.simulator.scene_flaws import spoiled
from console.simulator.scene_space import Picture
from console.training.scenario import Flaw


@pytest.fixture
def view() -> Picture:
    """A sharp view of medium brightness, blue, with squares."""
    rows, columns = np.mgrid[0:180, 0:320]
    squares = np.where((rows // 12 + columns // 12) % 2, 90, 150)
    return np.asarray(np.stack([squares + 40, squares, squares - 40], axis=2), np.uint8)


def sharpness(picture: Picture) -> float:
    """Variance of the Laplacian."""
    return float(cv2.Laplacian(picture, cv2.CV_64F).var())


@pytest.mark.parametrize("flaw", list(Flaw))
def test_a_flaw_changes_the_view_and_not_its_size(view: Picture, flaw: Flaw) -> None:
    bad = spoiled(view, flaw)
    assert (bad.shape, bad.dtype) == (view.shape, view.dtype)
    assert np.array_equal(bad, spoiled(view, flaw))
    assert float(np.abs(bad.astype(int) - view).mean()) > 5


def test_each_flaw_is_what_its_name_says(view: Picture) -> None:
    assert sharpness(spoiled(view, Flaw.BLURRED)) < 0.2 * sharpness(view)
    assert spoiled(view, Flaw.DARK).mean() < 0.25 * view.mean()
    light = spoiled(view, Flaw.GLARE)
    assert light[82, 166].tolist() == [255, 255, 255]
    assert np.abs(light[0, 0].astype(int) - view[0, 0]).max() < 10
    tilted = spoiled(view, Flaw.TILTED).astype(int)
    assert np.abs(tilted[90, 160] - view[90, 160]).max() < 70
    assert np.abs(tilted[:, :20] - view[:, :20]).mean() > 15
