"""Documents that were read: what counts, what is kept beside it, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.errors import DomainError
from console.domain.evolution import evolve
from console.domain.ids import EvidenceId
from console.domain.incident import Incident
from console.domain.recognition import (
    FIELDS,
    Box,
    DocumentKind,
    DocumentRead,
    FieldConfirmed,
    FieldName,
    FieldReading,
    Reading,
    require_value,
)
from tests.unit.domain.builders import PARTY_A, at, incident

PICTURE = EvidenceId("picture")
NAME = FieldReading(
    name=FieldName.NAME,
    value="示例安",
    raw="示例安",
    confidence=0.98,
    characters=(0.99, 0.98, 0.99),
    box=Box(left=1, top=2, right=30, bottom=12),
)
READING = Reading(kind=DocumentKind.DRIVING_LICENCE, fields=(NAME,))


def read(before: Incident, reading: Reading = READING, sequence: int = 2) -> Incident:
    """Return an incident after a reading of the picture."""
    event = DocumentRead(evidence_id=PICTURE, party_id=PARTY_A, reading=reading)
    return evolve(before, event, at(sequence), "service", sequence)


def confirm(before: Incident, value: str, sequence: int) -> Incident:
    """Return an incident after an officer confirmed the name."""
    event = FieldConfirmed(evidence_id=PICTURE, field=FieldName.NAME, value=value)
    return evolve(before, event, at(sequence), "officer", sequence)


def test_nothing_counts_before_a_person_said_so() -> None:
    (document,) = read(incident()).documents
    assert document.reading.field(FieldName.NAME) == NAME
    assert document.confirmed_value(FieldName.NAME) == ""


def test_a_correction_keeps_what_was_read_and_who_wrote_it() -> None:
    (document,) = confirm(confirm(read(incident()), "示例安", 3), "示例宁", 4).documents
    (field,) = document.confirmed
    assert (field.value, field.by, field.at, field.corrected) == ("示例宁", "officer", at(4), True)
    assert field.read == NAME
    assert document.confirmed_value(FieldName.NAME) == "示例宁"


def test_a_new_reading_leaves_what_a_person_confirmed() -> None:
    confirmed = confirm(read(incident()), "示例安", 3)
    unread = Reading(kind=DocumentKind.DRIVING_LICENCE, fields=(replace(NAME, value=""),))
    (document,) = read(confirmed, unread, 4).documents
    assert document.reading == unread
    assert [(field.value, field.corrected) for field in document.confirmed] == [("示例安", False)]


def test_what_was_not_read_cannot_be_confirmed() -> None:
    with pytest.raises(DomainError, match="not-read"):
        confirm(incident(), "示例安", 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (FieldName.BIRTH_DATE, "1990-02-28"),
        (FieldName.VALID_TO, "长期"),
        (FieldName.VALID_TO, "2030-01-01"),
        (FieldName.NAME, "长期"),
    ],
)
def test_values_of_the_right_form(name: FieldName, value: str) -> None:
    require_value(DocumentKind.DRIVING_LICENCE, name, value)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (FieldName.BIRTH_DATE, "1990-02-30", "field-form"),
        (FieldName.BIRTH_DATE, "19900228", "field-form"),
        (FieldName.VALID_FROM, "长期", "field-form"),
        (FieldName.NAME, "  ", "field-form"),
        (FieldName.VIN, "LATPAB071W1005301", "unknown-field"),
    ],
)
def test_values_of_another_form_are_refused(name: FieldName, value: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        require_value(DocumentKind.DRIVING_LICENCE, name, value)


def test_every_kind_has_its_fields_once() -> None:
    assert set(FIELDS) == set(DocumentKind)
    assert all(len(set(names)) == len(names) for names in FIELDS.values())
