"""D: a drawing over the party's picture, shown on the phone with who drew it and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject

from console.domain.ids import CallId
from console.presenters.desk import Desk
from console.presenters.video import OUTLINE
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.facts import GuideState
from widgets.drawing import Drawing, Stroke
from widgets.evidence_strip import EvidenceStrip
from widgets.keycap import cap_text
from widgets.video_keys import VideoKeys, VideoKeyState
from widgets.video_pane import VideoPane


def drawing_key(*, on: bool, seen: bool) -> VideoKeyState:
    """Return the button; there is something to draw on while a picture is ``seen``."""
    return VideoKeyState("draw", tr("标画"), "pencil", "D", on=on, shown=seen, spare=True)


class DrawingPresenter(QObject):
    """Sends every change of the drawing to the phone; another slot or another call wipes it there too."""

    def __init__(
        self, desk: Desk, pane: VideoPane, keys: VideoKeys, rows: EvidenceStrip, say: Callable[[str], None]
    ) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._keys = keys
        self._say = say
        self._drawing = Drawing(pane)
        self._call_id: CallId | None = None
        self._drawing.drawn.connect(self._send)
        rows.current_changed.connect(lambda _key: self.put_away())
        keys.pressed.connect(lambda key: self.toggle() if key == "draw" else None)
        pane.age_changed.connect(lambda _word: self._show())
        pane.installEventFilter(self)

    def toggle(self) -> None:
        """D: begin with a ring in the middle of the outline, or wipe everything."""
        call = self._desk.own_call()
        if self._call_id is not None:
            self.put_away()
        elif call is not None and not self._pane.age.snapshot:
            self._say(tr("没有画面,不能标画。"))
        elif call is not None:
            self._call_id = call.id
            left, top, width, height = OUTLINE
            self._drawing.begin((left + width / 2, top + height / 2))
        self._show()

    def put_away(self) -> bool:
        """Wipe the drawing, on the phone too; tell whether there was one."""
        if self._call_id is None:
            return False
        self._send(())
        self._call_id = None
        self._drawing.end()
        self._show()
        return True

    def refresh(self, changes: Changes) -> None:
        """A drawing belongs to one call."""
        if changes.calls or changes.session:
            call = self._desk.own_call()
            if self._call_id is not None and (call is None or call.id != self._call_id):
                self._call_id = None
                self._drawing.end()
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lie over the whole pane."""
        if event.type() == QEvent.Type.Resize:
            self._drawing.setGeometry(self._pane.rect())
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        self._keys.set_keys((drawing_key(on=self._call_id is not None, seen=self._pane.age.snapshot),))

    def _send(self, strokes: tuple[Stroke, ...]) -> None:
        session = self._desk.session
        if self._call_id is not None and session is not None:
            self._drawing.say(tr("标画发往手机"))
            work = self._desk.does.guidance.draw(
                self._call_id, strokes, session.seat, self._desk.service_now()
            )
            self._desk.bridge.run(work, self._sent, lambda error: self._say(problem(error)))

    def _sent(self, state: GuideState) -> None:
        self._drawing.say(
            tr("手机已显示标画,{key} 擦掉").format(key=cap_text("D", "video"))
            if state is GuideState.DONE
            else tr("手机没有显示标画,请口头说")
        )
