"""Documents beside their text: each picture of one is read by itself, a person takes on what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from console.domain.evidence import Slot
from console.domain.ids import EvidenceId, IncidentId
from console.domain.incident import Incident, IncidentState
from console.domain.recognition import (
    LIMIT,
    DocumentKind,
    FieldName,
    FieldReading,
    ReadDocument,
    ReadingProblem,
)
from console.presenters.crops import Crops
from console.presenters.desk import Desk
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from console.store.selectors import strip
from widgets.character_cells import Character
from widgets.chip import ChipState
from widgets.evidence_strip import Verdict
from widgets.reading_panel import ReadField, ReadingPanel, ReadingState
from widgets.theme import Severity

OWNER: Mapping[Slot, int] = {
    Slot.PLATE_A: 0,
    Slot.PLATE_B: 1,
    Slot.DRIVING_LICENCE_A: 0,
    Slot.VEHICLE_LICENCE_A: 0,
    Slot.DRIVING_LICENCE_B: 1,
    Slot.VEHICLE_LICENCE_B: 1,
}
"""Slots whose pictures are read, and whose party they belong to."""

FILLS: Mapping[FieldName, str] = {
    FieldName.NAME: "name",
    FieldName.LICENCE_NUMBER: "id_number",
    FieldName.ID_NUMBER: "id_number",
    FieldName.PLATE: "plate",
    FieldName.VEHICLE_TYPE: "vehicle_type",
    FieldName.INSURER: "insurer",
    FieldName.POLICY_NUMBER: "policy_number",
}
"""The detail of a party that a confirmed field fills where nothing was stated."""

FIELD: Mapping[FieldName, str] = {
    FieldName.LICENCE_NUMBER: "证号",
    FieldName.NAME: "姓名",
    FieldName.SEX: "性别",
    FieldName.NATIONALITY: "国籍",
    FieldName.ADDRESS: "住址",
    FieldName.BIRTH_DATE: "出生日期",
    FieldName.FIRST_ISSUE_DATE: "初次领证",
    FieldName.VEHICLE_CLASSES: "准驾车型",
    FieldName.VALID_FROM: "有效期自",
    FieldName.VALID_TO: "有效期至",
    FieldName.FILE_NUMBER: "档案编号",
    FieldName.PLATE: "号牌",
    FieldName.VEHICLE_TYPE: "车辆类型",
    FieldName.OWNER: "所有人",
    FieldName.USE_NATURE: "使用性质",
    FieldName.MODEL: "品牌型号",
    FieldName.VIN: "车辆识别代号",
    FieldName.ENGINE_NUMBER: "发动机号",
    FieldName.REGISTER_DATE: "注册日期",
    FieldName.ISSUE_DATE: "发证日期",
    FieldName.ETHNICITY: "民族",
    FieldName.ID_NUMBER: "证件号",
    FieldName.POLICY_NUMBER: "保单号",
    FieldName.INSURED: "被保险人",
    FieldName.INSURER: "保险公司",
    FieldName.COLOUR: "颜色",
}

COLOUR: Mapping[str, str] = {
    "blue": "蓝",
    "green": "绿",
    "yellow": "黄",
    "yellow_green": "黄绿",
    "white": "白",
    "black": "黑",
}

TROUBLE: Mapping[ReadingProblem, str] = {
    ReadingProblem.UNREADABLE_FILE: "这张图读不出来,请重拍。",
    ReadingProblem.EMPTY_FILE: "这张图是空的,请重拍。",
    ReadingProblem.NOT_A_PICTURE: "这不是图片,请重拍。",
    ReadingProblem.TOO_LARGE: "这张图太大,请重拍。",
    ReadingProblem.TOO_SLOW: "识别太久,已放弃;请重拍或手工填写。",
    ReadingProblem.READER_FAILED: "识别没有成功,请手工填写。",
    ReadingProblem.NO_TEXT: "图里没有字,请靠近些重拍。",
    ReadingProblem.UNKNOWN_DOCUMENT: "没有认出是什么证件,请对准重拍。",
    ReadingProblem.LOW_CONFIDENCE: "有的字看不清,留空待人工填写。",
    ReadingProblem.BLURRED: "画面糊,请拿稳重拍。",
    ReadingProblem.CHECK_DIGIT: "号码的校验位不对,请逐字核对。",
    ReadingProblem.EXPIRED: "证件已过有效期。",
    ReadingProblem.NOT_YET_VALID: "证件还没有生效。",
    ReadingProblem.DATE_ORDER: "几个日期前后矛盾,请核对。",
    ReadingProblem.BIRTH_DATE_DIFFERS: "出生日期与证件号不符,请核对。",
    ReadingProblem.SEX_DIFFERS: "性别与证件号不符,请核对。",
    ReadingProblem.PLATE_FORM: "不像号牌,请逐字核对。",
    ReadingProblem.PLATE_COLOUR: "这种颜色没有这样的号牌,请核对。",
    ReadingProblem.FICTIONAL: "",
}


def newest_documents(desk: Desk, incident: Incident) -> dict[Slot, ReadDocument]:
    """Return what was read on the newest picture of each slot that is read."""
    read = {document.evidence_id: document for document in incident.documents}
    found = {}
    for slot in strip(desk.store, incident.id):
        if slot.slot in OWNER and slot.items and slot.items[-1].evidence_id in read:
            found[slot.slot] = read[slot.items[-1].evidence_id]
    return found


def verdict(document: ReadDocument) -> Verdict:
    """Judge a picture by what could be read on it; a character that a person wrote counts as there."""
    settled = {field.name for field in document.confirmed}
    open_fields = [field for field in document.reading.fields if field.name not in settled]
    if document.reading.kind is DocumentKind.UNKNOWN or not document.reading.fields:
        return "unreadable"
    return "ok" if all(field.value for field in open_fields) else "soft"


def slot_verdict(slot: Slot, documents: Mapping[Slot, ReadDocument], picture: Verdict) -> Verdict:
    """Judge the picture of a slot; one of a document is good only once it was read.

    ``picture`` is what the picture itself says of its use.
    """
    if slot in documents:
        return verdict(documents[slot])
    return "taken" if slot in OWNER and picture == "ok" else picture


class ReadingPresenter:
    """Has the pictures of documents read and shows one reading after the other until a person has decided."""

    def __init__(
        self,
        desk: Desk,
        panel: ReadingPanel,
        fill_empty: Callable[[int, Mapping[str, str]], None],
        aim: Callable[[Slot], None],
        home: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """``fill_empty`` states details of the first or second party where none were; ``aim`` wants a slot's
        picture again; ``home`` takes a keyboard that was here to the video.
        """
        self._desk = desk
        self._panel = panel
        self._fill_empty = fill_empty
        self._aim = aim
        self._home = home
        self._say = say
        self._crops = Crops(desk, self._show)
        self._asked: set[EvidenceId] = set()
        self._put_away: set[EvidenceId] = set()
        self._accepting: EvidenceId | None = None
        panel.accepted.connect(self._accept)
        panel.corrected.connect(self._correct)
        panel.retake.connect(self._retake)

    def refresh(self, changes: Changes) -> None:
        """Follow evidence and readings of the own incident."""
        if changes.evidence or changes.incidents or changes.calls or changes.session:
            incident = self._desk.own_incident()
            if incident is not None and incident.state is IncidentState.COLLECTING:
                self._ask(incident)
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _ask(self, incident: Incident) -> None:
        """Have every picture of a document read that the service holds and nobody asked about."""
        known = {document.evidence_id for document in incident.documents} | self._asked
        for item in incident.evidence:
            if item.capture.slot in OWNER and item.id not in known:
                self._asked.add(item.id)
                self._desk.bridge.run(
                    self._desk.does.documents.read(incident.id, item.id),
                    None,
                    partial(self._not_asked, item.id),
                )

    def _not_asked(self, evidence_id: EvidenceId, error: Exception) -> None:
        self._asked.discard(evidence_id)
        self._say(problem(error))

    def _waiting(self) -> tuple[Incident, Slot, ReadDocument] | None:
        """The first reading that nobody has decided on."""
        incident = self._desk.own_incident()
        if incident is None or incident.state is not IncidentState.COLLECTING:
            return None
        for slot, document in newest_documents(self._desk, incident).items():
            if document.evidence_id not in self._put_away and proposed(document):
                return incident, slot, document
        return None

    def _show(self) -> None:
        waiting = self._waiting()
        if waiting is None:
            if self._panel.fields.hasFocus() or self._panel.cells.hasFocus():
                self._home()
            self._panel.hide()
            return
        incident, slot, document = waiting
        reading = document.reading
        open_fields = [f for f in reading.fields if not f.value and not document.confirmed_value(f.name)]
        chip = ChipState(tr("{count} 项看不清").format(count=len(open_fields)), "warn")
        trouble = (tr(TROUBLE[one]) for one in reading.problems if TROUBLE[one])
        self._panel.set_state(
            ReadingState(
                title=tr(SLOT[slot]),
                fields=tuple(self._field(incident.id, document, field) for field in reading.fields),
                chips=(chip if open_fields else ChipState(tr("全部读出"), "ok"),),
                problems=" ".join(trouble),
                waiting=self._accepting == document.evidence_id,
            )
        )
        self._panel.show()

    def _field(self, incident_id: IncidentId, document: ReadDocument, field: FieldReading) -> ReadField:
        written = document.confirmed_value(field.name)
        severity: Severity = "ok" if written or field.value else "warn"
        note = tr("已人工确认") if written else f"{'≥ ' if field.value else ''}{field.confidence:.2f}"
        value = written or field.value
        if field.name is FieldName.COLOUR:
            value = tr(COLOUR.get(value, value))
        marks = "".join(letter.text or "□" for letter in cells(field))
        return ReadField(
            key=field.name.value,
            name=tr(FIELD[field.name]),
            cells=tuple(Character(letter) for letter in written) if written else cells(field),
            value=value or marks,
            severity=severity,
            note=note,
            crop=self._crops.cut(incident_id, document.evidence_id, field.box),
        )

    def _accept(self) -> None:
        waiting = self._waiting()
        if waiting is None or self._accepting is not None:
            return
        incident, slot, document = waiting
        fields = proposed(document)
        self._accepting = document.evidence_id
        self._desk.bridge.run(
            self._desk.does.documents.accept(incident.id, document.evidence_id, fields),
            lambda _: self._accepted(document.evidence_id, slot, dict(fields)),
            self._not_accepted,
        )
        self._show()

    def _accepted(self, evidence_id: EvidenceId, slot: Slot, taken: Mapping[FieldName, str]) -> None:
        self._accepting = None
        self._put_away.add(evidence_id)
        self._fill(slot, taken)
        self._show()

    def _not_accepted(self, error: Exception) -> None:
        self._accepting = None
        self._say(problem(error))
        self._show()

    def _correct(self, key: str, text: str) -> None:
        waiting = self._waiting()
        if waiting is not None and text.strip():
            incident, slot, document = waiting
            name = FieldName(key)
            self._desk.bridge.run(
                self._desk.does.documents.confirm(incident.id, document.evidence_id, name, text),
                lambda _: self._fill(slot, {name: text.strip()}),
                lambda error: self._say(problem(error)),
            )

    def _fill(self, slot: Slot, taken: Mapping[FieldName, str]) -> None:
        details = {FILLS[name]: value for name, value in taken.items() if name in FILLS}
        if details:
            self._fill_empty(OWNER[slot], details)

    def _retake(self) -> None:
        waiting = self._waiting()
        if waiting is not None:
            _incident, slot, document = waiting
            self._put_away.add(document.evidence_id)
            self._aim(slot)
            self._show()


def proposed(document: ReadDocument) -> tuple[tuple[FieldName, str], ...]:
    """Return the fields that were read for sure and nobody has taken on yet."""
    return tuple(
        (field.name, field.value)
        for field in document.reading.fields
        if field.value and not document.confirmed_value(field.name)
    )


def cells(field: FieldReading) -> tuple[Character, ...]:
    """Return one cell a character: of the text as it stands on the picture, or of its normal form where the
    two differ in length; a character below the limit is empty.
    """
    if field.value and len(field.value) != len(field.raw):
        return tuple(Character(letter, field.confidence) for letter in field.value)
    letters = field.value or field.raw
    return tuple(
        Character(letter if confidence >= LIMIT else "", confidence)
        for letter, confidence in zip(letters, field.characters, strict=False)
    )
