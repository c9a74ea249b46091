"""The text reader: finds lines of text and reads them with the networks of rapidocr (PP-OCR), offline.

The models lie inside the wheel and are named by file, so that nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime
import rapidocr
from rapidocr import RapidOCR

from console.service.recognition.alphabet import Alphabet
from console.service.recognition.pictures import Picture
from console.service.recognition.text import Glyph, Line

Quad = npt.NDArray[np.float32]
"""Four corners (x, y) of a line of text: top left, top right, bottom right, bottom left."""

MODELS = Path(rapidocr.__file__).parent / "models"
SHORTEST, ROOM = 5.0, 0.3
"""Width of what the network is given, at least, and free room behind a line, in heights of the line.

Its work grows with the width, whether lines are given to it one by one or together.
"""
OTHERS = 5
"""How many readings of one character are kept."""
GHOST = 0.25
"""A character that the network almost saw between two others makes both of them that much less certain."""


class TextReader:
    """One set of networks in this process; ``threads`` is how many cores they may use."""

    def __init__(self, threads: int) -> None:
        onnxruntime.disable_telemetry_events()
        engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": str(MODELS / "PP-OCRv6_det_small.onnx"),
                "Det.limit_type": "max",
                "Det.limit_side_len": 1280,
                "Rec.model_path": str(MODELS / "PP-OCRv6_rec_small.onnx"),
                "Cls.model_path": str(MODELS / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            }
        )
        known = np.full((96, 320, 3), 255, np.uint8)
        cv2.putText(known, "KNOWN 1", (20, 68), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
        engine(known)  # the networks are loaded by reading
        self._detector = engine.text_det
        self._recognizer = engine.text_rec
        self._classifier = engine.text_cls
        self._alphabet = Alphabet(self._recognizer.postprocess_op.character)

    def find(self, picture: Picture, side: int) -> list[Quad]:
        """Return the corners of every line of text; the picture is looked at with ``side`` pixels at most."""
        scale = min(1.0, side / max(picture.shape[:2]))
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        boxes = self._detector(np.asarray(small, np.uint8)).boxes
        return [] if boxes is None else [np.asarray(box, np.float32) / scale for box in boxes]

    def upside_down(self, crops: Sequence[Picture]) -> float:
        """Return how many of the crops stand on their head, as a share weighted by certainty."""
        found = self._classifier(list(crops)).cls_res or ()
        head = sum(sure for label, sure in found if label == "180")
        return head / max(1e-6, sum(sure for _, sure in found))

    def read(self, crops: Sequence[Picture]) -> list[tuple[Glyph, ...]]:
        """Return the characters of each crop of one line; their places are shares of its width."""
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Picture) -> tuple[Glyph, ...]:
        ratio = crop.shape[1] / crop.shape[0]
        wide = max(SHORTEST, ratio + ROOM)
        normal = self._recognizer.resize_norm_img(crop, wide)
        chances = self._recognizer.session(normal[None].astype(np.float32))[0]
        return decoded(*self._alphabet.weighed(chances), wide / ratio)


def decoded(characters: Sequence[str], chances: npt.NDArray[np.float32], scale: float) -> tuple[Glyph, ...]:
    """Decode one line (CTC): a run of the same best class is one character, class 0 is none.

    ``chances`` has a row for each step along the line, which is ``scale`` wide.
    """
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    runs = [(int(a), int(b)) for a, b in zip((0, *edges), (*edges, len(best)), strict=True) if best[a] != 0]
    solid = np.array([number > 0 and character != " " for number, character in enumerate(characters)])
    step = scale / len(best)
    glyphs = []
    for number, (start, end) in enumerate(runs):
        peak = start + int(chances[start:end, best[start]].argmax())
        row = chances[peak]
        ranked = np.argsort(row)[::-1][1 : OTHERS + 1]
        others = tuple((characters[index], float(row[index])) for index in ranked if index)
        before = runs[number - 1][1] if number else 0
        after = runs[number + 1][0] if number + 1 < len(runs) else len(best)
        doubt = max(
            _ghost(chances[before:start], solid, best[start], best[before - 1] if before else 0),
            _ghost(chances[end:after], solid, best[start], best[after] if after < len(best) else 0),
        )
        sure = min(float(row[best[start]]), 1.0 - doubt)
        glyphs.append(Glyph(characters[best[start]], sure, (start - 0.5) * step, (end + 0.5) * step, others))
    return tuple(glyphs)


def _ghost(between: npt.NDArray[np.float32], solid: npt.NDArray[np.bool_], one: int, other: int) -> float:
    """Chance that between two characters stands a third that was not read; small ones count as none."""
    third = solid.copy()
    third[[one, other]] = False
    most = float(between[:, third].max(initial=0.0))
    return most if most >= GHOST else 0.0


def crop(picture: Picture, quad: Quad, margin: float = 0.0, stretch: float = 1.0) -> Picture:
    """Return the line of text inside ``quad``, laid flat and made wider by ``stretch``.

    ``margin`` of its height is added all around.
    """
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    rim = margin * high
    size = (max(4, round((wide + 2 * rim) * stretch)), max(4, round(high + 2 * rim)))
    left, right, top, bottom = rim * stretch, size[0] - rim * stretch, rim, size[1] - rim
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    move = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    flat = cv2.warpPerspective(picture, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def placed(glyphs: Sequence[Glyph], quad: Quad) -> Line:
    """Return characters whose places are shares of a line as a line of the picture."""
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    width = float(right - left)
    moved = tuple(
        Glyph(g.text, g.confidence, float(left) + g.left * width, float(left) + g.right * width, g.others)
        for g in glyphs
    )
    return Line(moved, float(left), float(top), float(right), float(bottom))
