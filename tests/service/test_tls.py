"""The local authority: accepted when given, unable to vouch for anybody else, renewed in time."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.service import tls
from console.service.server import Service

NOW = datetime.now(UTC)


def test_python_accepts_the_chain_only_when_given_the_authority(service: Service) -> None:
    ca = str(service.files.ca)
    for host in ("127.0.0.1", "localhost"):
        url = service.url.replace("127.0.0.1", host) + "/v1/time"
        assert requests.get(url, verify=ca, timeout=10).ok
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(url, timeout=10)


def test_keys_are_for_the_owner_alone(service: Service) -> None:
    keys = list(service.files.ca.parent.glob("*-key.pem"))
    assert len(keys) == 2
    assert all(stat.S_IMODE(key.stat().st_mode) == 0o600 for key in keys)


def test_the_authority_cannot_vouch_for_another_name(tmp_path: Path) -> None:
    files = tls.prepare(tmp_path, lan=False)
    authority = x509.load_pem_x509_certificate(files.ca.read_bytes())
    signer = serialization.load_pem_private_key((tmp_path / "tls" / "ca-key.pem").read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.org")]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(hours=1))
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("example.org")]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    certificate, private = tmp_path / "forged.pem", tmp_path / "forged-key.pem"
    certificate.write_bytes(forged.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    assert handshake(certificate, private, files.ca, "example.org") == "permitted subtree violation"
    assert handshake(files.certificate, files.key, files.ca, "localhost") == ""


def handshake(certificate: Path, key: Path, ca: Path, host: str) -> str:
    """Shake hands in memory; return why the client refused, or nothing."""
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)
    client_side = ssl.create_default_context(cafile=str(ca))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_side.wrap_bio(to_client, to_server, server_hostname=host)
    server = server_side.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (client, server):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return ""


def test_certificates_are_kept_and_renewed_in_time(tmp_path: Path) -> None:
    files = tls.prepare(tmp_path, lan=False, now=NOW)
    first, authority = files.certificate.read_bytes(), files.ca.read_bytes()
    tls.prepare(tmp_path, lan=False, now=NOW + timedelta(days=59))
    assert files.certificate.read_bytes() == first
    tls.prepare(tmp_path, lan=False, now=NOW + timedelta(days=61))
    assert files.certificate.read_bytes() != first
    assert files.ca.read_bytes() == authority
    tls.prepare(tmp_path, lan=False, now=NOW + timedelta(days=3640))
    assert files.ca.read_bytes() != authority


def test_the_network_has_an_authority_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "lan_addresses", lambda: (ip_address("192.168.7.7"),))
    alone, network = tls.prepare(tmp_path, lan=False), tls.prepare(tmp_path, lan=True)
    assert alone.ca != network.ca
    constraints = x509.load_pem_x509_certificate(network.ca.read_bytes()).extensions
    permitted = constraints.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    assert permitted is not None
    assert "192.168.0.0/16" in {str(name.value) for name in permitted}
    server = x509.load_pem_x509_certificate(network.certificate.read_bytes()).extensions
    names = server.get_extension_for_class(x509.SubjectAlternativeName).value
    assert ip_address("192.168.7.7") in names.get_values_for_type(x509.IPAddress)
    assert handshake(network.certificate, network.key, network.ca, "192.168.7.7") == ""
