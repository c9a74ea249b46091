"""Steps that check who and what is there: documents read and taken on, facts held against the registries."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import partial

from console.domain.evidence import Slot
from console.domain.identifiers import normal_plate
from console.domain.party import Party
from console.domain.recognition import DocumentKind, FieldName, ReadDocument
from console.domain.verification import Check, CheckItem, CheckResult
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, comes, until
from console.launcher.demo.steps_call import type_details
from console.training.scenario import PartyTruth

PAPERS = {
    "A": (Slot.PLATE_A, Slot.DRIVING_LICENCE_A, Slot.VEHICLE_LICENCE_A),
    "B": (Slot.PLATE_B, Slot.DRIVING_LICENCE_B, Slot.VEHICLE_LICENCE_B),
}
"""The pictures on which something is read, by party."""

READ_SECONDS = 240.0
"""Six pictures are read within this time, on a slow machine too."""

LOOKS = 24
"""Six readings are taken on in so many looks at the desk; a slow one shows the next a moment later."""

ASKED = (
    CheckItem.IDENTITY,
    CheckItem.VEHICLE,
    CheckItem.LICENCE,
    CheckItem.LICENCE_CLASS,
    CheckItem.INSPECTION,
    CheckItem.INSURANCE,
)
"""What the registries are asked about every party."""


def ocr(cast: Cast) -> Evidence:
    """Every document is read by itself; one key takes a reading on; what was read is what stands on it."""
    try:
        until(lambda: len(_documents(cast)) == 6, READ_SECONDS, "the service has looked at all six documents")
        _take_on(cast)
        values = {role: _compare(cast, role) for role in PAPERS}
        until(lambda: all(_identified(party) for party in cast.incident().parties), 15, "details are filled")
    except StepFailed:
        _type_from_papers(cast)
        raise
    return {"fields": values, "picture": cast.picture("05-ocr")}


def _documents(cast: Cast) -> dict[Slot, ReadDocument]:
    incident = cast.incident()
    read = {document.evidence_id: document for document in incident.documents}
    newest = {item.capture.slot: item.id for item in incident.evidence}
    wanted = (slot for slots in PAPERS.values() for slot in slots)
    return {slot: read[newest[slot]] for slot in wanted if newest.get(slot) in read}


def _take_on(cast: Cast) -> None:
    """Enter takes on one reading after the other as the desk shows them; who sees none looks again."""
    sure = {
        slot: {field.name for field in document.reading.fields if field.value}
        for slot, document in _documents(cast).items()
    }
    if blank := [slot.value for slot, names in sure.items() if not names]:
        raise StepFailed(f"nothing was read for sure on {', '.join(blank)}")

    cast.home()
    for _ in range(LOOKS):
        before = _left(cast, sure)
        if before == 0:
            return
        cast.hands.key("ctrl+2")
        if comes(lambda: cast.focused() == "reading", 3):
            cast.hands.key("Return")
            comes(partial(_fewer, cast, sure, before), 5)
        else:
            cast.home()
    raise StepFailed("the service has what was taken on from every document")


def _left(cast: Cast, sure: Mapping[Slot, Set[FieldName]]) -> int:
    """How many documents lack something of what was read for sure."""
    documents = _documents(cast)
    return sum(not {field.name for field in documents[slot].confirmed} >= sure[slot] for slot in sure)


def _fewer(cast: Cast, sure: Mapping[Slot, Set[FieldName]], before: int) -> bool:
    return _left(cast, sure) < before


def _compare(cast: Cast, role: str) -> dict[str, dict[str, str]]:
    """Return what was taken on of a party's documents; raise ``StepFailed`` where something else stands."""
    truth = cast.scenario.party(role)
    found: dict[str, dict[str, str]] = {}
    for slot in PAPERS[role]:
        document = _documents(cast)[slot]
        expected = _printed(truth, document.reading.kind)
        taken = {field.name: field.value for field in document.confirmed}
        for name, value in taken.items():
            if name in expected and value != expected[name]:
                raise StepFailed(f"{name.value} on {slot.value} was read as something else")
        found[slot.value] = {name.value: value for name, value in taken.items()}
    return found


def _printed(truth: PartyTruth, kind: DocumentKind) -> dict[FieldName, str]:
    """What stands on a document of this kind, as far as it is a matter of one line."""
    person, vehicle = truth.person, truth.vehicle
    match kind:
        case DocumentKind.DRIVING_LICENCE:
            return {
                FieldName.LICENCE_NUMBER: person.id_number,
                FieldName.NAME: person.name,
                FieldName.SEX: person.sex,
                FieldName.BIRTH_DATE: person.birth_date.isoformat(),
                FieldName.VEHICLE_CLASSES: person.vehicle_classes,
            }
        case DocumentKind.VEHICLE_LICENCE:
            return {
                FieldName.PLATE: normal_plate(vehicle.plate),
                FieldName.VIN: vehicle.vin,
                FieldName.REGISTER_DATE: vehicle.register_date.isoformat(),
            }
        case DocumentKind.PLATE:
            return {FieldName.PLATE: normal_plate(vehicle.plate)}
        case _:
            return {}


def _identified(party: Party) -> bool:
    details = party.details
    return bool(details.name and details.id_number and details.plate)


def _type_from_papers(cast: Cast) -> None:
    """Where nothing could be read, a person copies it from the pictures, so that the case goes on."""
    for role, party in zip(PAPERS, cast.incident().parties, strict=False):
        truth = cast.scenario.party(role)
        known = {
            "name": truth.person.name,
            "plate": truth.vehicle.plate,
            "id_number": truth.person.id_number,
        }
        type_details(
            cast, role, {key: text for key, text in known.items() if not getattr(party.details, key)}
        )


def verification(cast: Cast) -> Evidence:
    """The registries answered for both parties: every item is verified, each with its source and time."""
    if not comes(lambda: not _open(cast), 60):
        raise StepFailed(f"the registries answered for both parties; open: {', '.join(_open(cast))}")
    found: dict[str, dict[str, dict[str, str]]] = {}
    for party in cast.incident().parties:
        checks = _checks(cast, party)
        wrong = [
            check.item.value
            for check in checks
            if check.result is not CheckResult.VERIFIED and not _unseen(cast, check)
        ]
        if wrong:
            raise StepFailed(f"{party.label} is not verified: {', '.join(wrong)}")
        found[party.label] = {check.item.value: _told(check) for check in checks}
    return {"checks": found, "picture": cast.picture("06-verification")}


def _checks(cast: Cast, party: Party) -> list[Check]:
    return [check for check in cast.incident().verification(party.id).checks if check.item in ASKED]


def _open(cast: Cast) -> list[str]:
    """What is still being asked, or lacks something to ask about."""
    waiting = {CheckResult.PENDING, CheckResult.WAITING}
    return [
        f"{party.label} {check.item.value}"
        for party in cast.incident().parties
        for check in _checks(cast, party)
        if check.result in waiting and not _unseen(cast, check)
    ]


def _unseen(cast: Cast, check: Check) -> bool:
    """Found in the register, but where no document could be read nothing of it can be held against it."""
    return cast.fault == "ocr" and check.reason == "not-compared"


def _told(check: Check) -> dict[str, str]:
    return {
        "result": check.result.value,
        "source": check.source.value if check.source else "",
        "at": check.at.isoformat() if check.at else "",
    }
