"""Checks a party's session description before any parser sees it.

A description comes from a stranger's phone. Its size, its media sections and its ICE candidates are bounded
here, and only candidates with an allowed literal address stay: a ``.local`` name would make the desk look it
up, a foreign address would make it send packets there (see media.md 7 and the security ground rules).
"""

from __future__ import annotations

from dataclasses import dataclass

from console.contract.media import MAX_SDP_BYTES, MediaError, MediaFault
from console.contract.network import AddressPolicy

MAX_CANDIDATES = 32
MAX_LINES = 2000
MAX_LINE_CHARS = 2048
MEDIA_KINDS = ("audio", "video", "application")


@dataclass(frozen=True)
class CheckedDescription:
    """A description whose candidates are all allowed; ``kinds`` are its media sections in order."""

    sdp: str
    kinds: tuple[str, ...]
    candidates_dropped: int


def check_description(sdp: str, addresses: AddressPolicy) -> CheckedDescription:
    """Return ``sdp`` with only its allowed candidates, at most ``MAX_CANDIDATES`` of them.

    Raises ``MediaError``: ``SDP_TOO_LARGE``, or ``SDP_MALFORMED`` for what is not a description of at most
    one audio, one video and one data section.
    """
    if len(sdp) > MAX_SDP_BYTES or len(sdp.encode("utf-8", "replace")) > MAX_SDP_BYTES:
        raise MediaError(MediaFault.SDP_TOO_LARGE)
    lines = sdp.splitlines()
    if len(lines) > MAX_LINES or any(len(line) > MAX_LINE_CHARS for line in lines):
        raise MediaError(MediaFault.SDP_TOO_LARGE)
    if not lines or lines[0] != "v=0" or any(line[1:2] != "=" for line in lines):
        raise MediaError(MediaFault.SDP_MALFORMED)
    kinds = tuple(line[2:].split(" ", 1)[0] for line in lines if line.startswith("m="))
    if not kinds or len(set(kinds)) != len(kinds) or not set(kinds) <= set(MEDIA_KINDS):
        raise MediaError(MediaFault.SDP_MALFORMED)
    kept: list[str] = []
    candidates = dropped = 0
    for line in lines:
        if line.startswith("a=candidate:"):
            if candidates == MAX_CANDIDATES or not _candidate_allowed(line, addresses):
                dropped += 1
                continue
            candidates += 1
        kept.append(line)
    return CheckedDescription("\r\n".join(kept) + "\r\n", kinds, dropped)


def _candidate_allowed(line: str, addresses: AddressPolicy) -> bool:
    """Tell whether one ``a=candidate`` line (RFC 8839, 5.1) is UDP to an allowed literal address."""
    fields = line.removeprefix("a=candidate:").split()
    if len(fields) < 8 or fields[2].lower() != "udp" or fields[6] != "typ":
        return False
    port = fields[5]
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536 and "%" not in fields[4]):
        return False
    return addresses.allows(fields[4])
