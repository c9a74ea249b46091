"""What is known of a party: typed before read, confirmed before guessed, each paper with its own party."""

from __future__ import annotations

from dataclasses import replace

from console.domain.discarding import DiscardReason, EvidenceDiscarded, after
from console.domain.evidence import Slot
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.domain.recognition import (
    Box,
    ConfirmedField,
    DocumentKind,
    FieldName,
    FieldReading,
    ReadDocument,
    Reading,
)
from console.domain.statement import stated, vehicle_type
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    Comparison,
    Field,
    Seen,
    Verdict,
    unchecked,
    with_checks,
)
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0, evidence, incident, party


def field(name: FieldName, raw: str, value: str, *sure: float) -> FieldReading:
    return FieldReading(
        name=name,
        value=value,
        raw=raw,
        confidence=min(sure),
        characters=sure,
        box=Box(left=0, top=0, right=1, bottom=1),
    )


def document(slot: Slot, kind: DocumentKind, *read: FieldReading, **confirmed: str) -> ReadDocument:
    fields = {name: next((f for f in read if f.name is name), None) for name in map(FieldName, confirmed)}
    return ReadDocument(
        evidence_id=evidence(slot).id,
        party_id=PARTY_A,
        reading=Reading(kind=kind, fields=read),
        read_at=T0,
        confirmed=tuple(
            ConfirmedField(name=name, value=confirmed[name.value], read=seen, by="u", at=T0)
            for name, seen in fields.items()
        ),
    )


def case(*documents: ReadDocument, plate: str = "") -> Incident:
    slots = (Slot.VEHICLE_LICENCE_A, Slot.VEHICLE_LICENCE_B)
    return replace(
        incident(),
        parties=(
            replace(party(PARTY_A, "甲"), details=PartyDetails(name="示例安", plate=plate)),
            party(PARTY_B, "乙"),
        ),
        evidence=tuple(evidence(slot) for slot in slots),
        documents=documents,
    )


def test_papers_tell_what_was_not_typed() -> None:
    owner = field(FieldName.OWNER, "示例安", "示例安", 0.99, 0.98, 0.97)
    paper = document(
        Slot.VEHICLE_LICENCE_A, DocumentKind.VEHICLE_LICENCE, owner, owner="示例安", plate="测A12345"
    )
    known = case(paper)
    assert stated(known, known.party(PARTY_A)) == {
        Field.NAME: Seen(text="示例安"),
        Field.PLATE: Seen(text="测A12345", evidence_id=paper.evidence_id),
        Field.OWNER: Seen(text="示例安", evidence_id=paper.evidence_id, confidence=0.97),
    }
    typed = case(paper, plate="测A·99999")
    assert stated(typed, typed.party(PARTY_A))[Field.PLATE] == Seen(text="测A·99999")


def test_the_slot_tells_whose_paper_it_is() -> None:
    paper = document(Slot.VEHICLE_LICENCE_B, DocumentKind.VEHICLE_LICENCE, plate="测B67890")
    known = case(paper)
    assert Field.PLATE not in stated(known, known.party(PARTY_A))
    assert stated(known, known.party(PARTY_B))[Field.PLATE].text == "测B67890"


def test_nothing_unconfirmed_counts_but_a_doubtful_vin_may_contradict() -> None:
    vin = field(FieldName.VIN, "A00017", "", 0.99, 0.98, 0.97, 0.96, 0.52, 0.61)
    owner = field(FieldName.OWNER, "示例安", "示例安", 0.99, 0.99, 0.99)
    paper = document(Slot.VEHICLE_LICENCE_A, DocumentKind.VEHICLE_LICENCE, vin, owner)
    known = case(paper)
    found = stated(known, known.party(PARTY_A))
    assert Field.OWNER not in found
    assert found[Field.VIN] == Seen(text="A000??", evidence_id=paper.evidence_id, confidence=0.52)


def registered(result: CheckResult) -> Incident:
    """The register answered about 甲's plate."""
    row = Comparison(
        field=Field.VEHICLE_TYPE, seen=Seen(), registered="小型普通客车", verdict=Verdict.NOT_SEEN
    )
    found = Check(item=CheckItem.VEHICLE, result=result, comparisons=(row,))
    return replace(case(), verifications=(with_checks(unchecked(PARTY_A), (found,)),))


def test_the_kind_of_vehicle_comes_from_the_register_where_nothing_contradicts_it() -> None:
    known = registered(CheckResult.VERIFIED)
    assert vehicle_type(known, known.parties[0]) == "小型普通客车"
    assert vehicle_type(known, known.parties[1]) == ""
    doubtful = registered(CheckResult.MISMATCH)
    assert vehicle_type(doubtful, doubtful.parties[0]) == ""


def test_a_chosen_or_confirmed_kind_of_vehicle_counts_before_the_register() -> None:
    known = registered(CheckResult.VERIFIED)
    licence = document(
        Slot.VEHICLE_LICENCE_A,
        DocumentKind.VEHICLE_LICENCE,
        field(FieldName.VEHICLE_TYPE, "小型轿车", "小型轿车", 0.99),
        vehicle_type="小型轿车",
    )
    confirmed = replace(known, documents=(licence,))
    assert vehicle_type(confirmed, confirmed.parties[0]) == "小型轿车"
    details = replace(confirmed.parties[0].details, vehicle_type="轻型厢式货车")
    chosen = replace(confirmed, parties=(replace(confirmed.parties[0], details=details),))
    assert vehicle_type(chosen, chosen.parties[0]) == "轻型厢式货车"


def test_a_paper_on_a_picture_that_was_set_aside_says_nothing() -> None:
    paper = document(Slot.VEHICLE_LICENCE_A, DocumentKind.VEHICLE_LICENCE, plate="测A·12345")
    told = case(paper)
    assert stated(told, told.parties[0])[Field.PLATE].text == "测A·12345"
    event = EvidenceDiscarded(evidence_id=paper.evidence_id, reason=DiscardReason.WRONG_SUBJECT)
    left, gone = after(told.evidence, event, T0, "u")
    told = replace(told, evidence=left, discarded=gone)
    assert Field.PLATE not in stated(told, told.parties[0])
