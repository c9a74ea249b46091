"""The two parties: who they are, what was typed of them, how each check stands. Masked unless revealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta

from console.contract.desk_api import StatePartyDetails
from console.domain.evidence import Slot
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import Party, PartyDetails, ViewReason, masked_id, masked_name, masked_phone
from console.domain.recognition import FieldName
from console.domain.verification import Check, unchecked
from console.presenters.check_words import ITEM, LOOK, check_note, check_value
from console.presenters.crops import Crops
from console.presenters.desk import Desk, clock_words
from console.presenters.reading import newest_documents
from console.presenters.typed import LastTyped
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.edits import party_key
from widgets.chip import ChipState
from widgets.party_form import PartyField
from widgets.party_panel import PartyPanel, PartyState
from widgets.plate import PlateColour, PlateState
from widgets.rows import CheckRow
from widgets.theme import Severity

LETTERS = ("甲", "乙")

PARTY_FIELDS: Mapping[str, str] = {
    "name": "姓名",
    "phone": "电话",
    "plate": "号牌",
    "id_number": "证件号",
    "insurer": "保险公司",
    "policy_number": "保单号",
}

BESIDE = frozenset({"policy_number"})
"""Fields that share a row with the one before."""

PLATE_SLOTS = (Slot.PLATE_A, Slot.PLATE_B)
PLATE_COLOURS: Mapping[str, PlateColour] = {
    "blue": "blue",
    "green": "green",
    "yellow": "yellow",
    "yellow_green": "yellow_green",
    "white": "white",
    "black": "black",
}

REVEAL_REASONS: Mapping[ViewReason, str] = {
    ViewReason.IDENTITY: "核对身份",
    ViewReason.CONTACT: "联系当事人",
    ViewReason.HANDOVER: "交接核对",
}
"""Why somebody may look at a masked number."""

REVEALED = timedelta(seconds=20)
"""How long the masks stay lifted (interface.md 9)."""


def reveal_reasons() -> tuple[tuple[str, str], ...]:
    """Return the short list, in words."""
    return tuple((reason.value, tr(words)) for reason, words in REVEAL_REASONS.items())


def empty_party(letter: str) -> PartyState:
    """Return a party of whom nothing is known."""
    nothing = PartyDetails()
    return PartyState(
        letter=letter,
        name=tr("姓名未知"),
        role=tr("报警人") if letter == LETTERS[0] else tr("对方"),
        phone="—",
        id_number="—",
        plate=PlateState(""),
        rows=tuple(check_row(check) for check in unchecked(PartyId("")).checks),
        fields=_fields(nothing, {}),
    )


def check_row(check: Check) -> CheckRow:
    """Return one check as a row of the party's panel."""
    severity, icon = LOOK[check.result]
    return CheckRow(
        check.item.value, tr(ITEM[check.item]), check_value(check), severity, check_note(check), icon
    )


class PartiesPresenter:
    """Shows what is stored of the parties of the own incident and takes what is typed."""

    def __init__(
        self,
        desk: Desk,
        panels: tuple[PartyPanel, PartyPanel],
        open_checks: Callable[[int], None],
        say: Callable[[str], None],
    ) -> None:
        """``open_checks`` shows the checks of the first or second party item by item."""
        self._desk = desk
        self._panels = panels
        self._say = say
        self._crops = Crops(desk, self._show)
        self._revealed: dict[PartyId, datetime] = {}
        self._typing_logged: dict[PartyId, datetime] = {}
        self._typed: LastTyped[PartyId, PartyDetails] = LastTyped()
        self._second: dict[IncidentId, dict[str, str]] = {}
        self._joining: set[IncidentId] = set()
        for index, panel in enumerate(panels):
            panel.edited.connect(lambda key, text, at=index: self.write(at, key, text))
            panel.revealed.connect(lambda key, at=index: self._reveal(at, ViewReason(key)))
            panel.uncovered.connect(lambda _key, at=index: self._uncovered(at))
            panel.opened.connect(lambda at=index: open_checks(at))

    def refresh(self, changes: Changes) -> None:
        """Follow the incident and what was typed of it."""
        if changes.incidents or changes.edits or changes.calls or changes.evidence or changes.session:
            self._show()

    def tick(self, now: datetime) -> None:
        """Count down to the masks."""
        if self._revealed:
            self._revealed = {party: until for party, until in self._revealed.items() if until > now}
            self._show()

    def ask_reveal(self, index: int) -> None:
        """Ctrl+M: why a party's masked numbers are to be shown."""
        self._panels[index].ask_reason()

    def _reveal(self, index: int, reason: ViewReason) -> None:
        incident = self._desk.own_incident()
        party = None if incident is None else _nth(incident, index)
        if incident is not None and party is not None:
            self._desk.bridge.run(
                self._desk.does.parties.view(incident.id, party.id, reason),
                lambda _: self._lifted(party.id),
                lambda error: self._say(problem(error)),
            )

    def _lifted(self, party_id: PartyId) -> None:
        self._revealed[party_id] = self._desk.service_now() + REVEALED
        self._show()

    def _uncovered(self, index: int) -> None:
        """Somebody went into a masked field to write: logged, once in a while and not once a field."""
        incident, now = self._desk.own_incident(), self._desk.service_now()
        party = None if incident is None else _nth(incident, index)
        if incident is None or party is None:
            return
        logged_until = self._typing_logged.get(party.id)
        if logged_until is not None and logged_until > now:
            return
        self._typing_logged[party.id] = now + REVEALED
        self._desk.bridge.run(self._desk.does.parties.view(incident.id, party.id, ViewReason.TYPING))

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            self._hand_to_joined(incident)
            for index, panel in enumerate(self._panels):
                panel.set_state(self._state(incident, index))

    def fill_empty(self, index: int, values: Mapping[str, str]) -> None:
        """State details that a person took on from a document, where nothing was stated; typed words stay."""
        incident = self._desk.own_incident()
        if incident is not None:
            known = self.details(incident, index)
            for key, value in values.items():
                if not getattr(known, key):
                    self.write(index, key, value)

    def _state(self, incident: Incident, index: int) -> PartyState:
        details = self.details(incident, index)
        party = _nth(incident, index)
        chips = []
        if party is not None and party.evacuated_at is not None:
            left = tr("已驶离 {time}").format(time=clock_words(party.evacuated_at)[:5])
            chips.append(ChipState(left, "ok"))
        until = self._revealed.get(party.id) if party is not None else None
        seconds = 0 if until is None else max(0, round((until - self._desk.service_now()).total_seconds()))
        masks = (
            {}
            if seconds
            else {
                "name": masked_name(details.name),
                "phone": masked_phone(details.phone),
                "id_number": masked_id(details.id_number),
            }
        )
        checks = incident.verification(party.id).checks if party is not None else ()
        empty = self._with_plate(empty_party(LETTERS[index]), incident, index, details.plate)
        return replace(
            empty,
            name=masks.get("name", details.name) or empty.name,
            phone=masks.get("phone", details.phone) or "—",
            id_number=masks.get("id_number", details.id_number) or "—",
            revealed_s=seconds,
            rows=tuple(check_row(check) for check in checks) or empty.rows,
            fields=_fields(details, masks),
            chips=tuple(chips),
        )

    def _with_plate(self, state: PartyState, incident: Incident, index: int, stated: str) -> PartyState:
        """The plate as stated, beside the newest picture of it and how sure its reading is."""
        document = newest_documents(self._desk, incident).get(PLATE_SLOTS[index])
        read = document.reading.field(FieldName.PLATE) if document is not None else None
        if document is None or read is None:
            return replace(state, plate=PlateState(stated))
        colour = document.reading.field(FieldName.COLOUR)
        paint = document.confirmed_value(FieldName.COLOUR) or (colour.value if colour is not None else "")
        severity: Severity = "info"
        note = tr("逐字 ≥ {sure} · 待确认")
        if document.confirmed_value(FieldName.PLATE):
            note, severity = tr("逐字 ≥ {sure} · 已人工确认"), "ok"
        elif not read.value:
            note, severity = tr("有的字看不清,待填写"), "warn"
        return replace(
            state,
            plate=PlateState(stated, PLATE_COLOURS.get(paint, "blue")),
            plate_note=note.format(sure=f"{read.confidence:.2f}"),
            plate_severity=severity,
            crop=self._crops.cut(incident.id, document.evidence_id, read.box),
        )

    def details(self, incident: Incident, index: int) -> PartyDetails:
        """Return a party's details. What is typed counts at once; the store and the service follow."""
        party = _nth(incident, index)
        if party is None:
            typed = self._second.get(incident.id, {}) if index == 1 else {}
            return replace(PartyDetails(), **typed)
        edit = self._desk.store.edits.get((incident.id, party_key(party.id)))
        stored = edit.value.details if edit and isinstance(edit.value, StatePartyDetails) else None
        return self._typed.get(party.id, stored) or party.details

    def write(self, index: int, key: str, text: str) -> None:
        """Take one detail of the first, second, ... party as typed or chosen; the second comes with it."""
        incident = self._desk.own_incident()
        if incident is None or key not in {field.name for field in fields(PartyDetails)}:
            return
        party = _nth(incident, index)
        if party is not None:
            self._send(incident, party.id, replace(self.details(incident, index), **{key: text}))
            return
        self._second.setdefault(incident.id, {})[key] = text
        self._join(incident.id)

    def _join(self, incident_id: IncidentId) -> None:
        """Let what is typed of the second party make one; what is typed meanwhile waits for the answer."""
        if incident_id in self._joining:
            return
        self._joining.add(incident_id)
        details = replace(PartyDetails(), **self._second[incident_id])
        self._desk.bridge.run(
            self._desk.does.parties.join(incident_id, details),
            None,
            lambda error: self._not_joined(incident_id, details, error),
        )

    def _send(self, incident: Incident, party_id: PartyId, details: PartyDetails) -> None:
        self._typed.put(party_id, details)
        self._desk.bridge.run(self._desk.does.parties.state_details(incident.id, party_id, details))

    def _hand_to_joined(self, incident: Incident) -> None:
        """The second party appeared: what was typed meanwhile joins what is known of it already."""
        party = _nth(incident, 1)
        if party is None or incident.id not in self._second:
            return
        details = replace(party.details, **self._second.pop(incident.id))
        self._joining.discard(incident.id)
        if details != party.details:
            self._send(incident, party.id, details)

    def _not_joined(self, incident_id: IncidentId, tried: PartyDetails, error: Exception) -> None:
        """What was typed stays and is tried again with more of it: half a number is none yet."""
        self._joining.discard(incident_id)
        typed = self._second.get(incident_id)
        if typed is not None and replace(PartyDetails(), **typed) != tried:
            self._join(incident_id)
        else:
            self._say(problem(error))


def _fields(details: PartyDetails, masks: Mapping[str, str]) -> tuple[PartyField, ...]:
    return tuple(
        PartyField(key, tr(name), getattr(details, key), masks.get(key, ""), beside=key in BESIDE)
        for key, name in PARTY_FIELDS.items()
    )


def _nth(incident: Incident, index: int) -> Party | None:
    return incident.parties[index] if index < len(incident.parties) else None
