"""What is known of a party before any register is asked: typed at the desk, or confirmed from its papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.domain.comparing import Stated
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.recognition import LIMIT, DocumentKind, FieldName, ReadDocument
from console.domain.verification import UNREAD, CheckItem, CheckResult, Field, Seen

_ON_PAPER: Mapping[tuple[DocumentKind, FieldName], Field] = {
    (DocumentKind.ID_CARD, FieldName.NAME): Field.NAME,
    (DocumentKind.ID_CARD, FieldName.ID_NUMBER): Field.ID_NUMBER,
    (DocumentKind.DRIVING_LICENCE, FieldName.NAME): Field.NAME,
    (DocumentKind.DRIVING_LICENCE, FieldName.LICENCE_NUMBER): Field.ID_NUMBER,
    (DocumentKind.DRIVING_LICENCE, FieldName.VEHICLE_CLASSES): Field.VEHICLE_CLASSES,
    (DocumentKind.VEHICLE_LICENCE, FieldName.PLATE): Field.PLATE,
    (DocumentKind.VEHICLE_LICENCE, FieldName.VEHICLE_TYPE): Field.VEHICLE_TYPE,
    (DocumentKind.VEHICLE_LICENCE, FieldName.MODEL): Field.MODEL,
    (DocumentKind.VEHICLE_LICENCE, FieldName.VIN): Field.VIN,
    (DocumentKind.VEHICLE_LICENCE, FieldName.OWNER): Field.OWNER,
    (DocumentKind.INSURANCE, FieldName.INSURER): Field.INSURER,
    (DocumentKind.INSURANCE, FieldName.POLICY_NUMBER): Field.POLICY_NUMBER,
    (DocumentKind.PLATE, FieldName.PLATE): Field.PLATE,
}
"""Which field of which paper says what; the earlier line counts where two papers say the same thing."""


def stated(incident: Incident, party: Party) -> Stated:
    """Return what is known of ``party``: what was typed counts before what was confirmed from a picture.

    A vehicle number that nobody has confirmed and that was read in part stands with ``UNREAD`` for every
    doubtful character, so that a readable one may contradict.
    """
    details = party.details
    typed = {
        Field.NAME: details.name,
        Field.ID_NUMBER: details.id_number,
        Field.PLATE: details.plate,
        Field.PLATE_KIND: details.plate_kind,
        Field.COLOUR: details.vehicle_colour,
        Field.VEHICLE_TYPE: details.vehicle_type,
        Field.INSURER: details.insurer,
        Field.POLICY_NUMBER: details.policy_number,
    }
    known = {field: Seen(text=text.strip()) for field, text in typed.items() if text.strip()}
    documents = tuple(_documents(incident, party))
    for (kind, name), field in _ON_PAPER.items():
        for document in documents:
            text = document.confirmed_value(name) if document.reading.kind is kind else ""
            if text and (field not in known or _same_picture(known[field], text)):
                known[field] = _seen(document, name, text)
    doubtful = next(filter(None, map(_doubtful_vin, documents)), None)
    if doubtful is not None:
        known.setdefault(Field.VIN, doubtful)
    return known


def vehicle_type(incident: Incident, party: Party) -> str:
    """Return what kind of vehicle a party drove: as chosen or confirmed from its licence, else as registered.

    A register counts only where it knows the very vehicle and nothing contradicts it; else the text is empty.
    """
    known = stated(incident, party).get(Field.VEHICLE_TYPE)
    if known is not None:
        return known.text
    check = incident.verification(party.id).check(CheckItem.VEHICLE)
    row = check.comparison(Field.VEHICLE_TYPE)
    return row.registered if row is not None and check.result is CheckResult.VERIFIED else ""


def _documents(incident: Incident, party: Party) -> Iterator[ReadDocument]:
    """Yield the papers of ``party``: a slot of 甲 or 乙 tells whose it is, else who sent the picture.

    What was read on a picture that was set aside says nothing.
    """
    set_aside = {one.evidence.id for one in incident.discarded}
    captures = {evidence.id: evidence.capture for evidence in incident.evidence}
    order = [other.id for other in incident.parties]
    for document in incident.documents:
        if document.evidence_id in set_aside:
            continue
        capture = captures.get(document.evidence_id)
        mark = "" if capture is None else capture.slot.value.rpartition("-")[2]
        place = {"a": 0, "b": 1}.get(mark)
        owner = order[place] if place is not None and place < len(order) else document.party_id
        if owner == party.id:
            yield document


def _same_picture(typed: Seen, text: str) -> bool:
    return typed.evidence_id is None and typed.text == text


def _seen(document: ReadDocument, name: FieldName, text: str) -> Seen:
    read = document.reading.field(name)
    confidence = read.confidence if read is not None and read.value == text else None
    return Seen(text=text, evidence_id=document.evidence_id, confidence=confidence)


def _doubtful_vin(document: ReadDocument) -> Seen | None:
    if document.reading.kind is not DocumentKind.VEHICLE_LICENCE:
        return None
    read = document.reading.field(FieldName.VIN)
    if read is None or read.value or len(read.characters) != len(read.raw):
        return None
    marks = zip(read.raw, read.characters, strict=True)
    text = "".join(mark if sure >= LIMIT else UNREAD for mark, sure in marks)
    return Seen(text=text, evidence_id=document.evidence_id, confidence=read.confidence)
