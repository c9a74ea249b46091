"""Faces: whether the person before the camera looks like the photograph of a document or of the registry.

A comparison is a hint and never an identity (人脸识别技术应用安全管理办法: it needs the person's own consent
and may not be the only way to check); what counts is what an officer says who sees both pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import EvidenceId, PartyId
from console.domain.recognition import Box


class FaceReference(StrEnum):
    """Which photograph the live face is held against."""

    LICENCE = "licence"
    REGISTRY = "registry"


class FaceBand(StrEnum):
    """What may be said of two faces."""

    LIKELY_SAME = "likely-same"
    UNCLEAR = "unclear"
    LIKELY_DIFFERENT = "likely-different"


class FaceProblem(StrEnum):
    """Why a picture is no good for a comparison."""

    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    TOO_SMALL = "too-small"
    TOO_DARK = "too-dark"
    BLURRED = "blurred"
    TURNED_AWAY = "turned-away"


class FaceMethod(StrEnum):
    """Who compared: the program with the party's consent, or a person who looked at both pictures."""

    PROGRAM = "program"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class FaceCheck:
    """One comparison of a party's live face.

    ``live`` is the picture with the live face; ``licence`` the one with the document when ``reference`` is
    the licence, else ``None``. ``band`` is ``None`` when the pictures did not allow a comparison: the
    problems say why. ``score`` from 0 to 100 is a hint of the program, ``None`` from a person. ``note`` is a
    person's reason. ``live_box`` and ``reference_box`` are where the program found the one face of each
    picture.
    """

    party_id: PartyId
    live: EvidenceId
    reference: FaceReference
    licence: EvidenceId | None
    method: FaceMethod
    band: FaceBand | None
    score: int | None
    live_problems: tuple[FaceProblem, ...]
    reference_problems: tuple[FaceProblem, ...]
    note: str
    at: datetime
    by: str
    live_box: Box | None = None
    reference_box: Box | None = None
