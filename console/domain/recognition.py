"""What a machine read on a picture of a document, and what a person made of it.

A reading is a proposal. A value below the limit is left empty, never guessed, and no value enters a paper
before a person has confirmed or corrected it; what was read is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from console.domain.errors import DomainError
from console.domain.ids import EvidenceId, PartyId

LIMIT = 0.90
"""A field whose weakest character is read with less confidence stays empty."""


class DocumentKind(StrEnum):
    """What a picture shows."""

    DRIVING_LICENCE = "driving_licence"
    VEHICLE_LICENCE = "vehicle_licence"
    ID_CARD = "id_card"
    INSURANCE = "insurance"
    PLATE = "plate"
    UNKNOWN = "unknown"


class FieldName(StrEnum):
    """Names of the fields of all kinds of documents."""

    LICENCE_NUMBER = "licence_number"
    NAME = "name"
    SEX = "sex"
    NATIONALITY = "nationality"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    FIRST_ISSUE_DATE = "first_issue_date"
    VEHICLE_CLASSES = "vehicle_classes"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    FILE_NUMBER = "file_number"
    PLATE = "plate"
    VEHICLE_TYPE = "vehicle_type"
    OWNER = "owner"
    USE_NATURE = "use_nature"
    MODEL = "model"
    VIN = "vin"
    ENGINE_NUMBER = "engine_number"
    REGISTER_DATE = "register_date"
    ISSUE_DATE = "issue_date"
    ETHNICITY = "ethnicity"
    ID_NUMBER = "id_number"
    POLICY_NUMBER = "policy_number"
    INSURED = "insured"
    INSURER = "insurer"
    COLOUR = "colour"


FIELDS: Mapping[DocumentKind, tuple[FieldName, ...]] = {
    DocumentKind.DRIVING_LICENCE: (
        FieldName.LICENCE_NUMBER,
        FieldName.NAME,
        FieldName.SEX,
        FieldName.NATIONALITY,
        FieldName.ADDRESS,
        FieldName.BIRTH_DATE,
        FieldName.FIRST_ISSUE_DATE,
        FieldName.VEHICLE_CLASSES,
        FieldName.VALID_FROM,
        FieldName.VALID_TO,
        FieldName.FILE_NUMBER,
    ),
    DocumentKind.VEHICLE_LICENCE: (
        FieldName.PLATE,
        FieldName.VEHICLE_TYPE,
        FieldName.OWNER,
        FieldName.ADDRESS,
        FieldName.USE_NATURE,
        FieldName.MODEL,
        FieldName.VIN,
        FieldName.ENGINE_NUMBER,
        FieldName.REGISTER_DATE,
        FieldName.ISSUE_DATE,
    ),
    DocumentKind.ID_CARD: (
        FieldName.NAME,
        FieldName.SEX,
        FieldName.ETHNICITY,
        FieldName.BIRTH_DATE,
        FieldName.ADDRESS,
        FieldName.ID_NUMBER,
    ),
    DocumentKind.INSURANCE: (
        FieldName.POLICY_NUMBER,
        FieldName.PLATE,
        FieldName.INSURED,
        FieldName.VALID_FROM,
        FieldName.VALID_TO,
        FieldName.INSURER,
    ),
    DocumentKind.PLATE: (FieldName.PLATE, FieldName.COLOUR),
    DocumentKind.UNKNOWN: (),
}
"""The fields of each kind in the order in which a person checks them.

Dates are ISO 8601 days; a licence without end has 长期 as ``valid_to``; vehicle classes stand one after the
other as on the card; a colour is a ``PlateColour``.
"""


class ReadingProblem(StrEnum):
    """What is wrong with a picture or with what it says."""

    UNREADABLE_FILE = "unreadable_file"
    """There is no such file, or it may not be read."""
    EMPTY_FILE = "empty_file"
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE = "too_large"
    """More bytes or pixels than are ever decoded."""
    TOO_SLOW = "too_slow"
    """The reading was given up."""
    READER_FAILED = "reader_failed"
    NO_TEXT = "no_text"
    UNKNOWN_DOCUMENT = "unknown_document"
    LOW_CONFIDENCE = "low_confidence"
    """At least one field was seen but is too uncertain, and left empty."""
    BLURRED = "blurred"
    CHECK_DIGIT = "check_digit"
    """A number's own check character contradicts it."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    DATE_ORDER = "date_order"
    """Dates of the paper contradict each other."""
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    """The date on the paper is not the one inside the identity number."""
    SEX_DIFFERS = "sex_differs"
    PLATE_FORM = "plate_form"
    """No plate looks like what was read."""
    PLATE_COLOUR = "plate_colour"
    """This plate is not issued on that colour."""
    FICTIONAL = "fictional"
    """A number that only exists in training."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in pixels of the original picture; ``right`` and ``bottom`` lie just outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, kw_only=True)
class FieldReading:
    """One field as read.

    ``raw`` is the text on the picture, ``value`` its normal form or empty when ``confidence`` is below the
    limit. ``confidence`` (0 to 1) is that of the least certain character, lowered by failed checks;
    ``characters`` has one for each character of ``raw``. ``box`` is where it stands.
    """

    name: FieldName
    value: str
    raw: str
    confidence: float
    characters: tuple[float, ...]
    box: Box


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one picture says. Fields that were not seen are missing, doubtful ones have an empty value."""

    kind: DocumentKind
    fields: tuple[FieldReading, ...] = ()
    problems: tuple[ReadingProblem, ...] = ()

    def field(self, name: FieldName) -> FieldReading | None:
        """Return the reading of one field, or ``None`` when it was not seen."""
        return next((field for field in self.fields if field.name is name), None)


@dataclass(frozen=True, kw_only=True)
class ConfirmedField:
    """A field that a person took on: ``value`` counts, ``read`` is kept as the machine had it."""

    name: FieldName
    value: str
    read: FieldReading | None
    by: str
    at: datetime

    @property
    def corrected(self) -> bool:
        """Whether the person wrote something else than was proposed."""
        return self.read is None or self.value != self.read.value


@dataclass(frozen=True, kw_only=True)
class ReadDocument:
    """One picture of the evidence with its newest reading and the fields a person has confirmed."""

    evidence_id: EvidenceId
    party_id: PartyId | None
    reading: Reading
    read_at: datetime
    confirmed: tuple[ConfirmedField, ...] = ()

    def confirmed_value(self, name: FieldName) -> str:
        """Return what counts for a field, or nothing before a person said so."""
        return next((field.value for field in self.confirmed if field.name is name), "")


@dataclass(frozen=True, kw_only=True)
class DocumentRead:
    """A machine has read a picture of the evidence; an earlier reading of it is replaced."""

    evidence_id: EvidenceId
    party_id: PartyId | None
    reading: Reading
    type: Literal["document-read"] = "document-read"


@dataclass(frozen=True, kw_only=True)
class FieldConfirmed:
    """A person took on one field of a document, as read or corrected; it replaces what was confirmed before.

    Who and when stand in the journal entry; what was read stays beside the value (``ConfirmedField.read``).
    """

    evidence_id: EvidenceId
    field: FieldName
    value: str
    type: Literal["field-confirmed"] = "field-confirmed"


RecognitionEvent = DocumentRead | FieldConfirmed

DATES = frozenset(
    {
        *(FieldName.BIRTH_DATE, FieldName.FIRST_ISSUE_DATE, FieldName.VALID_FROM, FieldName.VALID_TO),
        *(FieldName.REGISTER_DATE, FieldName.ISSUE_DATE),
    }
)
"""Fields that hold an ISO day."""
FOREVER = "长期"


def require_value(kind: DocumentKind, name: FieldName, value: str) -> None:
    """Raise ``unknown-field`` unless documents of ``kind`` have a field ``name``, and ``field-form`` unless
    ``value`` has its form: some text, an ISO day, or 长期 for the end of a validity.
    """
    if name not in FIELDS[kind]:
        raise DomainError("unknown-field", kind=kind.value, field=name.value)
    endless = name is FieldName.VALID_TO and value == FOREVER
    if not value.strip() or (name in DATES and not endless and not _is_day(value)):
        raise DomainError("field-form", field=name.value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def document_of(documents: tuple[ReadDocument, ...], evidence_id: EvidenceId) -> ReadDocument:
    """Return the document read on an item of the evidence; raise ``not-read``."""
    for document in documents:
        if document.evidence_id == evidence_id:
            return document
    raise DomainError("not-read")


def after(
    documents: tuple[ReadDocument, ...], event: RecognitionEvent, at: datetime, actor: str
) -> tuple[ReadDocument, ...]:
    """Return the documents of an incident after ``event``; a new reading keeps what a person confirmed."""
    match event:
        case DocumentRead():
            earlier = next((d for d in documents if d.evidence_id == event.evidence_id), None)
            new = ReadDocument(
                evidence_id=event.evidence_id,
                party_id=event.party_id,
                reading=event.reading,
                read_at=at,
                confirmed=earlier.confirmed if earlier is not None else (),
            )
        case FieldConfirmed():
            known = document_of(documents, event.evidence_id)
            field = ConfirmedField(
                name=event.field, value=event.value, read=known.reading.field(event.field), by=actor, at=at
            )
            others = tuple(other for other in known.confirmed if other.name is not event.field)
            new = replace(known, confirmed=(*others, field))
    return (*(d for d in documents if d.evidence_id != event.evidence_id), new)
