"""The step of the faces: a picture of somebody else is told apart, the caller's own face fits the licence."""

from __future__ import annotations

from console.domain.evidence import Slot
from console.domain.faces import FaceBand, FaceCheck
from console.domain.ids import EvidenceId
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, comes, until
from console.launcher.demo.steps_evidence import aim, guide, press

COMPARE_SECONDS = 90.0
"""The first comparison loads the networks."""

TAKES = 5
"""Who is caught in a bad moment is taken again."""


def face(cast: Cast) -> Evidence:
    """The caller agreed. First the other party's photograph is held before the camera, then the own face."""
    aim(cast, Slot.DRIVING_LICENCE_B)
    guide(cast, Slot.DRIVING_LICENCE_B)
    aim(cast, Slot.DRIVER_A_FACE)
    wrong = _compared(cast, _taken(cast))
    if wrong.band is not FaceBand.LIKELY_DIFFERENT:
        raise StepFailed(f"another person's photograph was found to be {_words(wrong)}")
    refused = cast.picture("06-face-refused")
    for _ in range(TAKES):
        aim(cast, Slot.DRIVER_A_FACE)
        guide(cast, Slot.DRIVER_A_FACE)
        right = _compared(cast, _taken(cast))
        if right.band is FaceBand.LIKELY_SAME:
            break
    if right.band is not FaceBand.LIKELY_SAME:
        raise StepFailed(f"the caller's own face was found to be {_words(right)}")
    return {
        "wrong": {"band": _words(wrong), "score": wrong.score, "picture": refused},
        "right": {"band": _words(right), "score": right.score},
        "picture": cast.picture("06-face"),
    }


def _taken(cast: Cast) -> EvidenceId:
    """Take what the camera shows as the caller's face; return the item once the service has it."""
    before = _faces(cast)
    press(cast, Slot.DRIVER_A_FACE, "space")
    until(lambda: len(_faces(cast)) > len(before), 20, "the service has the picture of the face")
    return _faces(cast)[-1]


def _faces(cast: Cast) -> list[EvidenceId]:
    return [item.id for item in cast.incident().evidence if item.capture.slot is Slot.DRIVER_A_FACE]


def _compared(cast: Cast, live: EvidenceId) -> FaceCheck:
    """Open the caller's checks, then the faces, and compare; return what the service found."""
    _to_checks(cast)
    cast.hands.key("f")
    until(lambda: cast.focused() == "face", 10, "the faces have the keyboard")
    cast.hands.key("Return")
    until(lambda: _check(cast, live) is not None, COMPARE_SECONDS, "the service compared the faces")
    found = _check(cast, live)
    if found is None:
        raise StepFailed("the comparison is gone again")
    return found


def _to_checks(cast: Cast) -> None:
    """Give the checks of the caller the keyboard, opening them where they do not stand there still."""
    cast.home()
    cast.hands.key("ctrl+2")
    if comes(lambda: cast.focused() == "difference", 3):
        return
    cast.home()
    cast.focus("party-a")
    cast.hands.key("Return")
    cast.home()  # the view changes once the keyboard has left the party's panel
    cast.focus("difference")


def _check(cast: Cast, live: EvidenceId) -> FaceCheck | None:
    return next((check for check in cast.incident().face_checks if check.live == live), None)


def _words(check: FaceCheck) -> str:
    if check.band is None:
        return "not comparable: " + " ".join(map(str, (*check.live_problems, *check.reference_problems)))
    return check.band.value
