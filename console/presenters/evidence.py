"""The centre of a call: script line, video keys, evidence strip; guide, take, and say where each item is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from console.domain.call import Call, CallState
from console.domain.evidence import Custody, Slot
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.recognition import ReadDocument
from console.presenters.desk import Desk
from console.presenters.outbox import MARK
from console.presenters.reading import newest_documents, slot_verdict
from console.presenters.script import ScriptWords
from console.presenters.thumbnails import Thumbnails
from console.presenters.video import VideoPresenter, slot_target
from console.presenters.words import FORM, SLOT, gloss, problem, tr
from console.store.changes import Changes
from console.store.selectors import StripSlot, strip
from console.usecases.facts import GuideState
from widgets.age import Freshness
from widgets.chip import ChipState
from widgets.evidence_strip import DOUBTED, EvidenceStrip, SlotRow, Verdict, verdict_word
from widgets.panel import Panel
from widgets.script_line import ScriptLine, ScriptLineState
from widgets.theme import Severity
from widgets.video_keys import VideoKeys, VideoKeyState
from widgets.video_pane import VideoPane

BLOCKED: Mapping[Freshness, str] = {
    "none": "还没有画面",
    "stale": "画面陈旧",
    "paused": "对方已暂停",
}
"""Why no picture may be taken, by how fresh the picture is."""

CustodyShown = Callable[[EvidenceId, str, str], None]
"""Told of every custody word on the strip: item, slot, custody."""

MISSING_NAMED = 4
"""So many missing slots are named in the strip's header, the next ones first; the strip shows them all."""


def video_keys(
    *, blocked: str, muted: bool, asked: bool = False, blurred: bool = True, before: str = ""
) -> tuple[VideoKeyState, ...]:
    """Return the button bar under the video of a call; ``blocked`` says why no picture may be taken.

    ``asked``: a still was asked for and has not come; the phone takes one at a time. ``before``: why the last
    10 s cannot be taken from.
    """
    return (
        VideoKeyState("snapshot", tr("抓拍"), "camera", "Space", blocked, primary=True),
        VideoKeyState("still", tr("高清照"), "aperture", "Ctrl+F7", tr("正在取") if asked else ""),
        VideoKeyState("recall", tr("回取"), "rotate-ccw", "F8", before, on=bool(blocked) and not before),
        VideoKeyState("blur", tr("模糊"), "droplets", "B", on=blurred),
        VideoKeyState("mute", tr("静音"), "mic-off" if muted else "mic", "F4", on=muted),
    )


class EvidencePresenter:
    """Guides the phone slot by slot and takes pictures into the current slot."""

    def __init__(
        self,
        desk: Desk,
        pane: VideoPane,
        video: VideoPresenter,
        keys: VideoKeys,
        script: ScriptLine,
        rows: EvidenceStrip,
        panel: Panel,
        say: Callable[[str], None],
        custody_shown: CustodyShown | None = None,
    ) -> None:
        self._desk = desk
        self._pane = pane
        self._video = video
        self._keys = keys
        self._script = script
        self._strip = rows
        self._panel = panel
        self._say = say
        self._custody_shown = custody_shown
        self._told: dict[EvidenceId, Custody] = {}
        self._thumbnails = Thumbnails(desk, self._show_strip)
        self._words = ScriptWords(desk, self._show_script)
        self._taking = False
        self._asked: CallId | None = None
        self._incident_id: IncidentId | None = None
        self._shown_on_phone: tuple[Slot, GuideState] | None = None
        rows.current_changed.connect(lambda _key: self._show_script())
        script.push.connect(self.push)
        keys.pressed.connect(self._press)
        pane.blur_changed.connect(rows.set_blurred)
        pane.age_changed.connect(lambda _word: self._show_keys())

    @property
    def slot(self) -> Slot:
        """The slot that is aimed at."""
        key = self._strip.current_key()
        return Slot(key) if key else Slot.OTHER

    @property
    def line(self) -> str:
        """What the script says to the party for this slot."""
        return self._words.line(self._desk.own_incident(), self.slot)

    def step(self, by: int) -> None:
        """[ and ]: the previous or next slot."""
        self._strip.step(by)

    def aim(self, slot: Slot) -> None:
        """Make a slot the current one and show it on the phone: its picture is wanted again."""
        self._strip.set_current(slot.value)
        self.push()

    def push(self) -> None:
        """Enter: show the script line and the outline on the phone."""
        call, incident = self._desk.own_call(), self._desk.own_incident()
        if call is None or incident is None:
            return
        slot = self.slot
        done, required = self._progress()
        self._shown_on_phone = (slot, GuideState.SENT)
        self._show_script()
        self._desk.bridge.run(
            self._desk.does.guidance.push(call.id, self._words.line(incident, slot), slot, done, required),
            lambda state: self._pushed(slot, state),
            self._fail,
        )

    def take(self) -> None:
        """Space, F7: the newest decoded picture into the current slot."""
        if not self._blocked():
            self._take(recall=False)

    def recall(self) -> None:
        """F8: the sharpest picture of the last 10 s into the current slot, also while the picture is old."""
        if not self._nothing_before():
            self._take(recall=True)

    def blur(self) -> None:
        """B: blurred or clear; every call starts blurred. What is taken is never blurred."""
        self._pane.set_blurred(not self._pane.blurred)
        self._show_keys()

    def _take(self, *, recall: bool) -> None:
        call, incident = self._desk.own_call(), self._desk.own_incident()
        if call is None or incident is None or self._taking:
            return
        self._taking = True
        slot = self.slot
        work = self._desk.does.capture.snapshot(
            incident.id, call.id, slot, _owner(incident, slot), recall=recall
        )
        self._desk.bridge.run(work, lambda _id: self._taken(call, slot), self._not_taken)

    def still(self) -> None:
        """Ctrl+F7: a full-resolution picture from the phone into the current slot, one at a time."""
        call = self._desk.own_call()
        if call is None or self._asked == call.id:
            return
        self._asked = call.id
        self._show_keys()
        slot = self.slot

        def came(_id: EvidenceId) -> None:
            self._not_asked(call.id)
            self.filled(call, slot)

        def stayed_away(error: Exception) -> None:
            self._not_asked(call.id)
            self._fail(error)

        self._desk.bridge.run(self._desk.does.guidance.request_still(call.id, slot), came, stayed_away)

    def filled(self, call: Call, slot: Slot) -> None:
        """A picture of the slot is there: tell the phone, and go on to the next one that is missing."""
        self._show_strip()
        done, required = self._progress()
        self._desk.bridge.run(
            self._desk.does.guidance.slot_filled(call.id, slot, done, required), None, lambda _error: None
        )
        if self.slot is slot and not self._strip.hasFocus():
            self._next_missing()

    def mute(self) -> None:
        """F4: silence towards the party, or the microphone again."""
        muted = not self._desk.store.muted
        self._desk.bridge.run(self._desk.does.calls.set_muted(muted), None, self._fail)

    def retry_now(self) -> None:
        """Ctrl+U: send what waits without waiting for its time."""
        self._desk.does.capture.retry_now()

    def refresh(self, changes: Changes) -> None:
        """Follow evidence, guidance, mute and the call itself."""
        if changes.evidence or changes.incidents or changes.calls or changes.session:
            self._words.load()
            self._show_strip()
            self._show_script()
        if changes.muted or changes.calls or changes.connections:
            self._show_keys()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _press(self, key: str) -> None:
        acts = {
            "snapshot": self.take,
            "still": self.still,
            "recall": self.recall,
            "blur": self.blur,
            "mute": self.mute,
        }
        act = acts.get(key)
        if act is not None:
            act()

    def _blocked(self) -> str:
        age = self._pane.age
        return "" if age.snapshot else tr(BLOCKED[age.freshness])

    def _nothing_before(self) -> str:
        return tr("还没有画面") if self._pane.frame is None else ""

    def _show_keys(self) -> None:
        call = self._desk.own_call()
        talking = call is not None and call.state is not CallState.WRAP_UP
        self._keys.setVisible(talking)
        self._keys.set_keys(
            video_keys(
                blocked=self._blocked(),
                muted=self._desk.store.muted,
                asked=self._asked is not None,
                blurred=self._pane.blurred,
                before=self._nothing_before(),
            )
        )

    def _slots(self) -> tuple[StripSlot, ...]:
        incident = self._desk.own_incident()
        return () if incident is None else strip(self._desk.store, incident.id)

    def _progress(self) -> tuple[int, int]:
        required = [slot for slot in self._slots() if slot.required]
        return sum(bool(slot.items) for slot in required), len(required)

    def _show_strip(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            self._strip.set_rows(())
            return
        another = incident.id != self._incident_id
        slots = self._slots()
        documents = newest_documents(self._desk, incident)
        self._strip.set_rows(
            tuple(self._row(incident, n, slot, documents) for n, slot in enumerate(slots, 1))
        )
        if another:
            self._incident_id, self._shown_on_phone = incident.id, None
            bookmark = self._desk.store.bookmark
            if bookmark is not None and bookmark.incident_id == incident.id:
                self._strip.set_current(bookmark.slot.value)
            else:
                self._next_missing()
        missing = [tr(SLOT[slot.slot]) for slot in slots if slot.required and not slot.items]
        done, required = self._progress()
        chips = [ChipState(f"{tr('已拍')} {done} / {required}", "ok" if done == required else "info")]
        judged = {row.name: row.verdict for row in self._strip.rows()}
        chips += _judged_chips(tuple(judged.values()))
        if incident.discarded:
            chips.append(ChipState(tr("弃用 {count}").format(count=len(incident.discarded)), "none"))
        self._panel.set_title(f"{tr('证据清单')} · {tr(FORM[incident.form])}")
        self._panel.set_chips(*chips)
        named = "、".join(missing[:MISSING_NAMED])
        named += tr(" 等 {count} 张").format(count=len(missing)) if len(missing) > MISSING_NAMED else ""
        doubted = [name for name, found in judged.items() if found in DOUBTED]
        again = "、".join(doubted[:MISSING_NAMED])
        again += tr(" 等 {count} 张").format(count=len(doubted)) if len(doubted) > MISSING_NAMED else ""
        note = f"{tr('还差:')}{named}" if missing else tr("必拍已齐")
        self._panel.set_note(note + (tr(";建议重拍:{slots}").format(slots=again) if again else ""))

    def _row(
        self, incident: Incident, number: int, slot: StripSlot, documents: Mapping[Slot, ReadDocument]
    ) -> SlotRow:
        name = tr(SLOT[slot.slot])
        waiting: Verdict = "todo" if slot.required else "optional"
        if not slot.items and not slot.discarded:
            return SlotRow(slot.slot.value, number, name, waiting)
        item = (slot.items or slot.discarded)[-1]
        if self._custody_shown is not None and self._told.get(item.evidence_id) is not item.custody:
            self._told[item.evidence_id] = item.custody
            self._custody_shown(item.evidence_id, slot.slot.value, item.custody.value)
        image = self._thumbnails.get(incident.id, item.evidence_id, local=item.local)
        return SlotRow(
            key=slot.slot.value,
            number=number,
            name=name,
            verdict=(
                slot_verdict(slot.slot, documents, self._thumbnails.verdict(item.evidence_id))
                if slot.items
                else waiting
            ),
            custody=MARK[item.custody],
            picture="" if image is None else item.evidence_id,
            thumbnail=image,
            struck=not slot.items,
        )

    def _show_script(self) -> None:
        slot = self.slot
        shown = ""
        if self._shown_on_phone is not None and self._shown_on_phone[0] is slot:
            shown = {
                GuideState.SENT: tr("已发往手机"),
                GuideState.DONE: tr("手机已显示引导"),
                GuideState.REFUSED: tr("手机没有接受,请口头说"),
                GuideState.UNANSWERED: tr("手机没有回应,请口头说"),
            }[self._shown_on_phone[1]]
        incident = self._desk.own_incident()
        waiting = incident is not None and bool(incident.doubted)
        line, number = self._words.line(incident, slot), self._words.number(incident, slot)
        self._script.set_state(
            ScriptLineState(
                number=number, spans=((line, False),), shown=shown, gloss=gloss(line), waiting=waiting
            )
        )
        self._video.set_target(slot_target(slot.value))

    def _pushed(self, slot: Slot, state: GuideState) -> None:
        self._shown_on_phone = (slot, state)
        self._show_script()

    def _not_asked(self, call_id: CallId) -> None:
        if self._asked == call_id:
            self._asked = None
            self._show_keys()

    def _taken(self, call: Call, slot: Slot) -> None:
        self._taking = False
        self.filled(call, slot)

    def _next_missing(self) -> None:
        """Go on to the next required slot without a picture; after the last one comes the first again."""
        slots = self._slots()
        at = next((n for n, slot in enumerate(slots) if slot.slot is self.slot), 0)
        for slot in (*slots[at:], *slots[:at]):
            if slot.required and not slot.items:
                self._strip.set_current(slot.slot.value)
                return

    def _not_taken(self, error: Exception) -> None:
        self._taking = False
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))


def _judged_chips(judged: tuple[Verdict, ...]) -> list[ChipState]:
    """How many pictures are good, and how many have which fault."""
    severities: tuple[tuple[Verdict, Severity], ...] = (
        ("ok", "ok"),
        ("soft", "warn"),
        ("dark", "warn"),
        ("glaring", "warn"),
        ("unreadable", "bad"),
    )
    return [
        ChipState(f"{verdict_word(word)} {judged.count(word)}", severity)
        for word, severity in severities
        if word in judged
    ]


def _owner(incident: Incident, slot: Slot) -> PartyId | None:
    index = {"-a": 0, "-b": 1}.get(slot.value[-2:])
    if index is None or index >= len(incident.parties):
        return None
    return incident.parties[index].id
