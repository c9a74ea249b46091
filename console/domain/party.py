"""A person involved in an accident, what they stated and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.domain.ids import PartyId


class ConsentItem(StrEnum):
    """What a party is told or asked, each on its own; all start empty."""

    RECORDING_NOTICE = "recording-notice"
    VIDEO_HANDLING = "video-handling"
    LOCATION = "location"
    SIMPLE_PROCEDURE = "simple-procedure"
    E_SERVICE = "e-service"
    FACE_COMPARISON = "face-comparison"


class ConsentWay(StrEnum):
    """How a consent was asked: on the party's own page, or by voice in the recorded call."""

    PAGE = "page"
    VOICE = "voice"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """One answer of one party; ``wording`` is the version of the text that was shown or read.

    ``recorded_s`` is the moment of a spoken answer in the running recording, in seconds.
    """

    item: ConsentItem
    given: bool
    wording: str
    way: ConsentWay
    at: datetime
    recorded_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class PartyDetails:
    """What is known of a party. Empty text means not stated; nothing here is verified by itself.

    ``plate_kind`` is a code of GA/T 16.7 (号牌种类): the same plate text may exist under several.
    """

    name: str = ""
    phone: str = ""
    id_number: str = ""
    plate: str = ""
    plate_kind: str = ""
    vehicle_type: str = ""
    vehicle_colour: str = ""
    insurer: str = ""
    policy_number: str = ""
    collision_part: str = ""
    driving_state: str = ""
    statement: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party of an incident. ``label`` is 甲, 乙, ... in the order of joining."""

    id: PartyId
    label: str
    caller: bool
    details: PartyDetails = PartyDetails()
    consents: tuple[Consent, ...] = ()
    evacuated_at: datetime | None = None

    def consent(self, item: ConsentItem) -> Consent | None:
        """Return the newest answer to ``item``, or ``None`` when it was never asked."""
        return next((c for c in reversed(self.consents) if c.item is item), None)


class ViewReason(StrEnum):
    """Why somebody looks at what is masked by default."""

    IDENTITY = "identity"
    CONTACT = "contact"
    HANDOVER = "handover"
    TYPING = "typing"
    """The call-taker went into the field to write it."""


@dataclass(frozen=True, kw_only=True)
class PartyViewed:
    """Somebody looked at a party's name and numbers without their masks; the journal entry says who."""

    party_id: PartyId
    reason: ViewReason
    type: Literal["party-viewed"] = "party-viewed"


def masked_name(name: str) -> str:
    """Return the family name and stars, as shown by default."""
    return name[:1] + "*" * max(0, len(name) - 1)


def masked_phone(phone: str) -> str:
    """Return the first three and last four digits of ``phone``."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)


def masked_id(number: str) -> str:
    """Return the first three and last four characters of an identity number."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) >= 8 else "*" * len(number)
