"""Session descriptions from strangers: bounded, filtered, refused clearly."""

from __future__ import annotations

import asyncio

import pytest

from console.contract.media import MAX_SDP_BYTES, MediaError, MediaFault
from console.contract.network import TRAINING_ADDRESSES, AddressPolicy
from console.media.peer import Peer
from console.media.signalling import MAX_CANDIDATES, check_description

HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\n"


def candidate(address: str, port: int = 5000, transport: str = "udp") -> str:
    """Return one candidate line."""
    return f"a=candidate:1 1 {transport} 2130706431 {address} {port} typ host\r\n"


def test_only_allowed_literal_addresses_stay() -> None:
    wanted = candidate("192.168.1.7") + candidate("127.0.0.1") + candidate("::1") + candidate("fd00::2")
    unwanted = (
        candidate("8.8.8.8")
        + candidate("e3b0c442-98fc.local")
        + candidate("desk.example")
        + candidate("2001:4860::1")
        + candidate("fe80::1%eth0")
        + candidate("127.0.0.1", transport="tcp")
        + candidate("127.0.0.1", port=0)
        + candidate("127.0.0.1", port=70000)
        + "a=candidate:\r\n"
        + "a=candidate:1 1 udp 1 127.0.0.1 5000 nonsense host\r\n"
    )
    checked = check_description(HEAD + unwanted + wanted, TRAINING_ADDRESSES)
    assert checked.sdp == HEAD + wanted
    assert checked.candidates_dropped == 10
    assert checked.kinds == ("audio",)


def test_number_of_candidates_is_capped() -> None:
    many = "".join(candidate("10.0.0.1", port) for port in range(1, 100))
    assert check_description(HEAD + many, TRAINING_ADDRESSES).sdp.count("a=candidate") == MAX_CANDIDATES


@pytest.mark.parametrize(
    ("sdp", "fault"),
    [
        ("", MediaFault.SDP_MALFORMED),
        ("hello", MediaFault.SDP_MALFORMED),
        ("v=0\r\n", MediaFault.SDP_MALFORMED),
        (HEAD + "no equals sign\r\n", MediaFault.SDP_MALFORMED),
        (HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n", MediaFault.SDP_MALFORMED),
        (HEAD + "m=text 9 UDP/TLS/RTP/SAVPF 96\r\n", MediaFault.SDP_MALFORMED),
        (HEAD + "a=" + "x" * 5000 + "\r\n", MediaFault.SDP_TOO_LARGE),
        (HEAD + "a=x\r\n" * 3000, MediaFault.SDP_TOO_LARGE),
        ("v" * (MAX_SDP_BYTES + 1), MediaFault.SDP_TOO_LARGE),
        ("路" * (MAX_SDP_BYTES // 2), MediaFault.SDP_TOO_LARGE),
    ],
)
def test_refused_before_any_parser_sees_it(sdp: str, fault: MediaFault) -> None:
    with pytest.raises(MediaError) as refused:
        check_description(sdp, TRAINING_ADDRESSES)
    assert refused.value.fault is fault


@pytest.mark.parametrize("allowed", [TRAINING_ADDRESSES, AddressPolicy(("203.0.113.0/24",))])
def test_what_the_parser_cannot_take_is_a_clear_refusal(allowed: AddressPolicy) -> None:
    broken = (
        HEAD + candidate("127.0.0.1"),
        HEAD + candidate("127.0.0.1") + "a=rtpmap:x\r\n",
        HEAD.replace("SAVPF 96", "SAVPF -1 x") + candidate("127.0.0.1"),
        HEAD + candidate("127.0.0.1") + "a=fingerprint:sha-256\r\na=ice-ufrag:a\r\na=mid:\r\n",
    )

    async def scenario() -> None:
        for sdp in broken:
            desk = Peer(addresses=allowed)
            with pytest.raises(MediaError) as refused:
                await desk.answer(sdp)
            assert refused.value.fault in (MediaFault.SDP_MALFORMED, MediaFault.SDP_UNUSABLE)
            await desk.close()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())
