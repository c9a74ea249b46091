"""The view of differences (picture 04): scene beside register, what may be done about it, the two scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from console.domain.evidence import Slot
from console.domain.faces import FaceReference
from console.domain.ids import EvidenceId, IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.recognition import FieldName
from console.domain.suggestion import DECIDES
from console.domain.triage import Answer, TriageFact
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    Comparison,
    Field,
    Verdict,
    Verification,
)
from console.presenters.check_words import (
    FIELD,
    ITEM,
    LOOK,
    REFERENCE,
    SOURCE,
    VERDICT,
    check_note,
    check_value,
    value_words,
)
from console.presenters.crops import Crops
from console.presenters.desk import Desk, clock_words
from console.presenters.face import FacePresenter
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import strip
from widgets.chip import ChipState
from widgets.choices import Choice
from widgets.difference_panel import ChoicesPanel, DifferencePanel, DifferenceState, Script
from widgets.difference_table import DifferenceRow
from widgets.flow import Views

COLUMN, COMPARED = 0, 1
"""The two views of the right column."""


PICTURED: Mapping[Field, FieldName] = {
    Field.PLATE: FieldName.PLATE,
    Field.VEHICLE_TYPE: FieldName.VEHICLE_TYPE,
    Field.MODEL: FieldName.MODEL,
    Field.VEHICLE_CLASSES: FieldName.VEHICLE_CLASSES,
    Field.INSURER: FieldName.INSURER,
    Field.POLICY_NUMBER: FieldName.POLICY_NUMBER,
}
"""Compared fields shown as they stand on their picture; what is masked is not among them."""


def two_scripts() -> tuple[Script, ...]:
    """Return Art. 13 beside Art. 14."""
    return (
        Script(tr("第13条 勿动"), "请不要移动车辆,人到安全处。", tr("撤离锁定 · 派警 · 保护现场"), "bad"),
        Script(
            tr("第14条 拍后移"),
            "拍完照,把车移到不妨碍处再等。",
            tr("可移车 · 报警等候 · 能否线上定责看本市规则"),
            "warn",
        ),
    )


def differing(verification: Verification) -> frozenset[CheckItem]:
    """Return the items that do not match."""
    return frozenset(c.item for c in verification.checks if c.result is CheckResult.MISMATCH)


def choices(items: frozenset[CheckItem]) -> tuple[Choice, ...]:
    """Return the four ways to go on in the order of fairness, fit for the items that do not match."""
    marks = {item for item in items if DECIDES.get(item) is TriageFact.MARKS_MISSING}
    held = items - marks
    licence = held and CheckItem.VEHICLE not in held
    title = tr("无有效驾驶证或准驾不符 → 第13条") if licence else tr("疑似假牌或号牌与车辆不符 → 第13条")
    return (
        Choice(
            "again",
            tr("先排除看错:重拍并再查一次"),
            tr("推送引导到对方手机;动车与撤离保持锁定"),
            "rotate-ccw",
            advised=True,
        ),
        Choice(
            "asked",
            tr("请当事人说明"),
            tr("改色、过户、临时号牌等;记录原话并请对方出示凭证"),
            "message-square-text",
        ),
        Choice(
            "article-13",
            title,
            tr("改用「勿动」脚本:保护现场、不移车、派警到场;F9 撤离锁定"),
            "circle-x",
            "bad",
            blocked="" if held else tr("只有检验或保险过期,不属第13条"),
        ),
        Choice(
            "article-14",
            tr("仅检验或保险过期 → 第14条"),
            tr("改用「拍后移」脚本:先拍照固定,再移到不妨碍处并报警等候"),
            "triangle-alert",
            "warn",
            blocked=tr("不只是检验或保险过期") if held else "",
        ),
    )


class DifferencePresenter:
    """Shows a party's checks item by item: by itself when something new does not match, or when asked for.

    Nothing here takes the keyboard; the way back is the button, or Esc twice. What came by itself goes by
    itself once nothing differs any more, but not from under somebody's hands.
    """

    def __init__(
        self,
        desk: Desk,
        views: Views,
        panel: DifferencePanel,
        choices_panel: ChoicesPanel,
        face: FacePresenter,
        aim: Callable[[Slot], None],
        say: Callable[[str], None],
    ) -> None:
        """``aim`` makes a slot of the strip the current one and pushes its outline to the phone."""
        self._desk = desk
        self._views = views
        self._panel = panel
        self._choices = choices_panel
        self._face = face
        self._aim = aim
        self._say = say
        self._crops = Crops(desk, self._show)
        self._shown: PartyId | None = None
        self._asked = False
        self._told: dict[PartyId, frozenset[CheckItem]] = {}
        panel.back.connect(self.close)
        panel.table.checked_again.connect(self._again)
        panel.table.digit.connect(choices_panel.choices.press)
        choices_panel.chosen.connect(self._chosen)

    def open(self, party_id: PartyId) -> None:
        """Show the checks of a party."""
        self._shown = party_id
        self._panel.show()
        self._show()
        self._views.show_view(COMPARED)

    def open_nth(self, index: int) -> None:
        """Show the checks of the first or second party, once it is known."""
        incident = self._desk.own_incident()
        if incident is not None and index < len(incident.parties):
            self.open(incident.parties[index].id)
            self._asked = True

    def close(self) -> None:
        """Show the right column again."""
        self._shown, self._asked = None, False
        self._views.show_view(COLUMN)
        self._face.close()
        for part in (self._panel, self._choices):
            part.hide()

    def refresh(self, changes: Changes) -> None:
        """Follow the checks of the own incident."""
        if not (changes.incidents or changes.calls or changes.evidence or changes.session):
            return
        incident = self._desk.own_incident()
        if incident is None:
            self._told.clear()
            self.close()
            return
        for found in incident.verifications:
            items, told = differing(found), self._told.get(found.party_id, frozenset())
            self._told[found.party_id] = items
            if items - told:
                self.open(found.party_id)
            elif told and not items and self._shown == found.party_id and not self._in_use():
                self.close()
        self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _in_use(self) -> bool:
        """Tell whether somebody asked for this view or has the keyboard in it."""
        typing = QApplication.focusWidget()
        inside = any(part.isAncestorOf(typing) for part in (self._panel, self._choices) if typing is not None)
        return self._asked or inside

    def _party(self) -> tuple[Incident, Party] | None:
        incident = self._desk.own_incident()
        if incident is None:
            return None
        party = next((p for p in incident.parties if p.id == self._shown), None)
        return None if party is None else (incident, party)

    def _show(self) -> None:
        shown = self._party()
        if shown is None:
            return
        incident, party = shown
        found = incident.verification(party.id)
        self._panel.set_state(
            DifferenceState(
                title=tr("核验差异 · {letter}方").format(letter=party.label),
                rows=tuple(self._rows(incident, found)),
                chips=_chips(found),
            )
        )
        items = differing(found)
        self._choices.setVisible(bool(items))
        self._choices.set_choices(choices(items), frozenset({"asked"}))

    def _rows(self, incident: Incident, found: Verification) -> Iterator[DifferenceRow]:
        pictures = {
            item.evidence_id: number
            for number, slot in enumerate(strip(self._desk.store, incident.id), 1)
            for item in slot.items
        }
        for check in found.checks:
            if check.item is CheckItem.FACE and check.comparisons:
                yield self._face_row(check, pictures)
            elif check.result is CheckResult.MANUAL or not check.comparisons:
                yield self._plain(check)
            else:
                for row in check.comparisons:
                    yield self._compared(incident, check, row, pictures)

    def _plain(self, check: Check) -> DifferenceRow:
        """A check without rows: what is known of it, and the person's own words."""
        severity, icon = LOOK[check.result]
        return DifferenceRow(
            key=check.item.value,
            item=tr(ITEM[check.item]),
            seen=check.note or "—",
            registered="—",
            result=check_value(check),
            severity=severity,
            source=check_note(check),
            icon=icon,
        )

    def _face_row(self, check: Check, pictures: Mapping[EvidenceId, int]) -> DifferenceRow:
        """The newest comparison of faces: which picture with which photograph, and what was said."""
        severity, icon = LOOK[check.result]
        row = check.comparisons[0]
        number = pictures.get(row.seen.evidence_id) if row.seen.evidence_id is not None else None
        return DifferenceRow(
            key=check.item.value,
            item=tr(ITEM[check.item]),
            seen="—" if number is None else tr("图 {number}").format(number=number),
            registered=tr(REFERENCE[FaceReference(row.registered)]),
            result=check_value(check),
            severity=severity,
            source=check_note(check),
            icon=icon,
        )

    def _compared(
        self, incident: Incident, check: Check, row: Comparison, pictures: Mapping[EvidenceId, int]
    ) -> DifferenceRow:
        words, severity, icon = VERDICT[row.verdict]
        seen = value_words(row.field, row.seen.text)
        number = pictures.get(row.seen.evidence_id) if row.seen.evidence_id is not None else None
        if number is not None:
            seen += f" · {tr('图 {number}').format(number=number)}"
        source = f"{tr(SOURCE[check.source])} " if check.source is not None else ""
        if row.verdict is Verdict.UNREADABLE and row.seen.confidence is not None:
            source = f"{tr('识别')} {row.seen.confidence:.2f}"
        elif check.at is not None:
            source += clock_words(check.at)
        crop = self._crop(incident, row)
        return DifferenceRow(
            key=f"{check.item.value}/{row.field.value}",
            item=tr(FIELD[row.field]),
            seen=seen,
            registered=value_words(row.field, row.registered),
            result=tr(words),
            severity=severity,
            source=source,
            icon=icon,
            picture="" if crop is None else f"{row.seen.evidence_id}/{row.field.value}",
            crop=crop,
        )

    def _crop(self, incident: Incident, row: Comparison) -> QImage | None:
        """The value as it stands on the picture, where it was read from one."""
        document = next((d for d in incident.documents if d.evidence_id == row.seen.evidence_id), None)
        name = PICTURED.get(row.field)
        reading = None if document is None or name is None else document.reading.field(name)
        if document is None or reading is None:
            return None
        return self._crops.cut(incident.id, document.evidence_id, reading.box)

    def open_face(self) -> None:
        """Show the faces of the party shown."""
        if self._shown is not None:
            self._face.open(self._shown)

    def _again(self, key: str) -> None:
        shown = self._party()
        if key == CheckItem.FACE.value:
            self.open_face()
        elif shown is not None:
            incident, party = shown
            self._check(incident.id, party.id, (CheckItem(key.partition("/")[0]),))

    def _check(self, incident_id: IncidentId, party_id: PartyId, items: tuple[CheckItem, ...]) -> None:
        work = self._desk.does.verification.ask_again(incident_id, party_id, items)
        self._desk.bridge.run(work, None, self._fail)

    def _chosen(self, key: str, words: str) -> None:
        shown = self._party()
        if shown is None:
            return
        incident, party = shown
        items = tuple(item for item in CheckItem if item in differing(incident.verification(party.id)))
        acts: Mapping[str, Callable[[], None]] = {
            "again": lambda: self._look_again(incident, party, items),
            "asked": lambda: self._found(incident, party, items, words),
            "article-13": lambda: self._state(incident.id, items),
            "article-14": lambda: self._state(incident.id, items),
        }
        acts[key]()

    def _look_again(self, incident: Incident, party: Party, items: tuple[CheckItem, ...]) -> None:
        self._aim(_retaken(incident, party, items))
        self._check(incident.id, party.id, items)

    def _found(self, incident: Incident, party: Party, items: tuple[CheckItem, ...], words: str) -> None:
        """The party explained: a person finds, and rests on the newest picture of that party's papers."""
        slot = _retaken(incident, party, items)
        rests_on = [item.id for item in incident.evidence if item.capture.slot is slot]
        rests_on = rests_on or [item.id for item in incident.evidence]
        if not rests_on:
            self._say(tr("人工认定须有图,请先拍一张。"))
            return
        for item in items:
            work = self._desk.does.verification.find(incident.id, party.id, item, words, rests_on[-1])
            self._desk.bridge.run(work, None, self._fail)

    def _state(self, incident_id: IncidentId, items: tuple[CheckItem, ...]) -> None:
        """Answer the rows of triage that these differences mean."""
        facts = {DECIDES[item] for item in items if item in DECIDES}
        for fact in TriageFact:
            if fact in facts:
                work = self._desk.does.triage.state(incident_id, fact, Answer.YES)
                self._desk.bridge.run(work, None, self._fail)
        self.close()

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))


def _chips(found: Verification) -> tuple[ChipState, ...]:
    counted = (
        (found.count(Verdict.DIFFERS), tr("{count} 项不一致"), "bad", ""),
        (found.count(Verdict.UNREADABLE), tr("{count} 项看不清"), "warn", "circle-question-mark"),
        (found.count(Verdict.EXPIRED), tr("{count} 项过期"), "warn", ""),
    )
    return tuple(
        ChipState(words.format(count=count), "bad" if severity == "bad" else "warn", icon)
        for count, words, severity, icon in counted
        if count
    )


def _retaken(incident: Incident, party: Party, items: tuple[CheckItem, ...]) -> Slot:
    """Return the slot whose picture is to be looked at again first."""
    second = incident.parties.index(party) > 0
    if set(items) <= {CheckItem.IDENTITY, CheckItem.LICENCE, CheckItem.LICENCE_CLASS}:
        return Slot.DRIVING_LICENCE_B if second else Slot.DRIVING_LICENCE_A
    return Slot.VEHICLE_LICENCE_B if second else Slot.VEHICLE_LICENCE_A
