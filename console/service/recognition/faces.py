"""Two faces compared by dlib: the five-point predictor aligns them, the ResNet model measures how far they
lie apart (128 numbers a face; below 0.6 was its makers' word for the same person).

A picture that is no good gives no answer at all: a hint that sends an officer the wrong way is worse than
none. Runs in a worker process; the models load there at the first face.
"""

from __future__ import annotations

import importlib.util
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import dlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from console.domain.errors import DomainError
from console.domain.faces import FaceBand, FaceProblem
from console.domain.recognition import Box

Picture: TypeAlias = NDArray[np.uint8]

LONGEST = 1600
"""Larger pictures are reduced before anything is looked for."""
ENLARGED = 2
"""A picture without a find is searched once more, enlarged; the detector needs 80 pixels."""
CHIP = 150
SMALL_EYES_PX = 22.0
"""Least distance between the eyes, in pixels of the picture itself."""
DARK = 46.0
"""Least brightness of the skin, of 255."""
SHARP = 12.0
"""Least variance of the Laplacian of an aligned face."""
TURNED = 0.10
"""Most that the nose may stand aside, in distances between the eyes: up to 0.04 in faces that look
ahead; beyond 0.15 the detector finds none.
"""
BYSTANDER, BYSTANDER_SCORE = 0.6, 0.5
"""A second face counts from this share of the first one's width and this score of the detector."""


@dataclass(frozen=True)
class Limits:
    """Distances: below the first two faces are likely the same, above the second likely different.

    ``sure`` is the detector's score from which a find is taken for a face.
    """

    same_below: float
    different_above: float
    sure: float


REAL = Limits(0.45, 0.60, 0.5)
"""Photographs of people: the models' makers take 0.6 for the end of what may be the same person. In one
portrait, turned, darkened, blurred and mirrored, the face scored 0.72 to 1.59, a badge and a helmet up to
0.37.
"""
DRAWN = Limits(0.38, 0.47, -0.2)
"""Drawn people lie closer together. Of all 5995 pairs of 110 photographs of different people 4801 lay above
the second limit, 1010 between the limits, 184 below the first: who is not told apart is no proof of identity.
"""


@dataclass(frozen=True)
class Face:
    """What was found in one picture: reasons against it, and the 128 numbers when there are none.

    ``box`` is where the one face is, in pixels of the upright picture as it came.
    """

    problems: tuple[FaceProblem, ...]
    numbers: tuple[float, ...] = ()
    box: Box | None = None


@dataclass(frozen=True)
class Likeness:
    """Two pictures compared; no band where one of them was no good."""

    band: FaceBand | None
    score: int | None
    live_problems: tuple[FaceProblem, ...]
    reference_problems: tuple[FaceProblem, ...]
    live_box: Box | None = None
    reference_box: Box | None = None


@dataclass(frozen=True)
class _Models:
    detector: dlib.fhog_object_detector
    predictor: dlib.shape_predictor
    network: dlib.face_recognition_model_v1


def compare(live: bytes, reference: bytes, limits: Limits) -> Likeness:
    """Hold the face in ``live`` against the one in ``reference`` (JPEG or PNG); raise ``not-a-picture``."""
    first, second = find(live, limits.sure), find(reference, limits.sure)
    if not first.numbers or not second.numbers:
        return Likeness(None, None, first.problems, second.problems, first.box, second.box)
    apart = float(np.linalg.norm(np.array(first.numbers) - np.array(second.numbers)))
    return Likeness(band_of(apart, limits), score_of(apart, limits), (), (), first.box, second.box)


def band_of(distance: float, limits: Limits) -> FaceBand:
    """What may be said of two faces that lie ``distance`` apart."""
    if distance < limits.same_below:
        return FaceBand.LIKELY_SAME
    return FaceBand.LIKELY_DIFFERENT if distance > limits.different_above else FaceBand.UNCLEAR


def score_of(distance: float, limits: Limits) -> int:
    """A hint from 0 to 100: 100 for the same picture, 50 in the middle between the limits."""
    middle = (limits.same_below + limits.different_above) / 2
    return round(100 / (1 + (distance / middle) ** 6))


def find(data: bytes, sure: float) -> Face:
    """Find the one face of a picture and judge whether it is good enough to compare.

    ``sure`` is the least score of the detector that counts (``Limits``).
    """
    picture, reduced = _decoded(data)
    models, enlarged, searched = _models(), 1, picture
    found = _boxes(models, searched, sure)
    if not found:
        enlarged = ENLARGED
        searched = _scaled(picture, enlarged)
        found = _boxes(models, searched, sure)
    if not found:
        return Face((FaceProblem.NO_FACE,))
    _score, box = found[0]
    if any(score > BYSTANDER_SCORE and other.width() > BYSTANDER * box.width() for score, other in found[1:]):
        return Face((FaceProblem.SEVERAL_FACES,))
    sides = (box.left(), box.top(), box.right(), box.bottom())
    left, top, right, bottom = (max(round(side * reduced / enlarged), 0) for side in sides)
    place = Box(left=left, top=top, right=right, bottom=bottom)
    points = models.predictor(searched, box)
    places = np.array([(points.part(n).x, points.part(n).y) for n in range(points.num_parts)], float)
    chip = np.asarray(dlib.get_face_chip(searched, points, CHIP), np.uint8)
    problems = _problems(places / enlarged, chip)
    if problems:
        return Face(problems, (), place)
    return Face((), tuple(models.network.compute_face_descriptor(chip)), place)


def _boxes(models: _Models, picture: Picture, sure: float) -> list[tuple[float, dlib.rectangle]]:
    """Scores and faces of the picture, the surest first: badges are large at times, but never sure."""
    boxes, scores, _kinds = models.detector.run(picture, 0, sure)
    return sorted(zip(scores, boxes, strict=True), key=lambda found: -found[0])


def _problems(places: NDArray[Any], chip: Picture) -> tuple[FaceProblem, ...]:
    """``places`` are the corners of both eyes and the foot of the nose; ``chip`` is the upright face."""
    right, left, nose = places[:2].mean(axis=0), places[2:4].mean(axis=0), places[4]
    across = right - left
    apart = float(np.linalg.norm(across))
    aside = abs(float((nose - (left + right) / 2) @ across)) / apart**2
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY)
    skin = grey[25:130, 35:115]
    found = {
        FaceProblem.TOO_SMALL: apart < SMALL_EYES_PX,
        FaceProblem.TOO_DARK: float(np.median(skin)) < DARK,
        FaceProblem.BLURRED: float(cv2.Laplacian(grey, cv2.CV_64F)[15:135, 25:125].var()) < SHARP,
        FaceProblem.TURNED_AWAY: aside > TURNED,
    }
    return tuple(problem for problem, there in found.items() if there)


def _decoded(data: bytes) -> tuple[Picture, float]:
    """The upright picture, and how many of its pixels make one of what is searched."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError) as broken:
        raise DomainError("not-a-picture") from broken
    width = upright.width
    upright.thumbnail((LONGEST, LONGEST))
    return np.ascontiguousarray(np.asarray(upright, np.uint8)), width / upright.width


def _scaled(picture: Picture, factor: int) -> Picture:
    larger = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(np.asarray(larger, np.uint8))


@cache
def _models() -> _Models:
    # Importing the package would need pkg_resources, and it only tells where these files lie.
    package = importlib.util.find_spec("face_recognition_models")
    if package is None or package.origin is None:
        raise FileNotFoundError("the models of faces are not installed")
    folder = Path(package.origin).parent / "models"
    return _Models(
        detector=dlib.get_frontal_face_detector(),
        predictor=dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat")),
        network=dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat")),
    )
