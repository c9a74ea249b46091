"""The phone's camera as the desk steers it: which one, light, nearer; what a phone cannot is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.contract.control import PhoneStatus
from console.presenters.desk import Desk
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.facts import GuideState
from widgets.video_keys import VideoKeys, VideoKeyState
from widgets.video_pane import VideoPane

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
"""How many times nearer each press goes, as far as the phone can."""


def camera_keys(status: PhoneStatus | None, *, seen: bool) -> tuple[VideoKeyState, ...]:
    """Return the buttons; light and nearness are there while a picture is ``seen`` and the phone has them."""
    torch = status is not None and status.torch is not None
    zoom = None if status is None else status.zoom
    return (
        VideoKeyState("switch", tr("换镜头"), "switch-camera", "F5"),
        VideoKeyState(
            "torch",
            tr("手电"),
            "flashlight",
            "T",
            on=status is not None and bool(status.torch),
            shown=seen and torch,
            spare=True,
        ),
        VideoKeyState(
            "zoom", f"{zoom or 1:.1f}×", "zoom-in", "+ −", shown=seen and zoom is not None, spare=True
        ),
    )


class PhoneCameraPresenter:
    """Asks the phone and shows what it says of itself; nothing is shown as done before the phone says so."""

    def __init__(self, desk: Desk, pane: VideoPane, keys: VideoKeys, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._pane = pane
        self._keys = keys
        self._say = say
        pane.age_changed.connect(lambda _word: self._show())
        keys.pressed.connect(self._press)

    def refresh(self, changes: Changes) -> None:
        """Follow the phone's word and the call."""
        if changes.phones or changes.calls or changes.session:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def switch(self) -> None:
        """F5: the phone's other camera."""
        call, status = self._desk.own_call(), self._status()
        if call is not None:
            facing = "environment" if status is None else status.facing
            other = self._desk.does.guidance.switch_camera(
                call.id, "user" if facing == "environment" else "environment"
            )
            self._desk.bridge.run(other, None, self._fail)

    def light(self) -> None:
        """T: the phone's light on or off."""
        call, status = self._desk.own_call(), self._status()
        if call is None:
            return
        if status is None or status.torch is None:
            self._say(tr("手机没有手电,或浏览器不让网页用"))
            return
        work = self._desk.does.guidance.set_torch(call.id, on=not status.torch)
        self._desk.bridge.run(work, self._done, self._fail)

    def nearer(self) -> None:
        """+: one step nearer, as far as the phone can."""
        self._zoom(1)

    def farther(self) -> None:
        """-: one step back."""
        self._zoom(-1)

    def _zoom(self, by: int) -> None:
        call, status = self._desk.own_call(), self._status()
        if call is None:
            return
        if status is None or status.zoom is None or status.zoom_max is None:
            self._say(tr("手机不能变焦,请对方走近拍"))
            return
        steps = [step for step in STEPS if step <= status.zoom_max] or [1.0]
        nearest = min(range(len(steps)), key=lambda at: abs(steps[at] - (status.zoom or 1.0)))
        wanted = steps[min(max(nearest + by, 0), len(steps) - 1)]
        self._desk.bridge.run(self._desk.does.guidance.set_zoom(call.id, wanted), self._done, self._fail)

    def _press(self, key: str) -> None:
        acts = {"switch": self.switch, "torch": self.light, "zoom": self.nearer}
        act = acts.get(key)
        if act is not None:
            act()

    def _done(self, state: GuideState) -> None:
        if state is GuideState.REFUSED:
            self._say(tr("手机没有照办,请口头说"))
        elif state is GuideState.UNANSWERED:
            self._say(tr("手机没有回应,请口头说"))

    def _status(self) -> PhoneStatus | None:
        call = self._desk.own_call()
        reported = None if call is None else self._desk.store.phones.get(call.id)
        return None if reported is None else reported.status

    def _show(self) -> None:
        self._keys.set_keys(camera_keys(self._status(), seen=self._pane.age.snapshot))

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
