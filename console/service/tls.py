"""TLS for one machine: a certificate authority that can vouch for this machine or its network alone.

The authority's certificate carries name constraints (RFC 5280, 4.2.1.10): ``localhost`` and loopback
addresses, and with ``--lan`` a second authority for the networks of training as well. Keys are readable by
the owner alone, and nothing is ever put into the system's store.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from console.contract.network import TRAINING_NETWORKS

LOOPBACK = ("127.0.0.0/8", "::1/128")
AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=90)
CLIENT_LIFE = timedelta(days=365)
RENEW_BEFORE = timedelta(days=30)

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class TlsFiles:
    """Where the authority's certificate, the server's certificate and the server's key lie, in PEM."""

    ca: Path
    certificate: Path
    key: Path


def ca_path(data: Path, *, lan: bool) -> Path:
    """Return where the authority's certificate lies."""
    return data / "tls" / ("ca-lan.pem" if lan else "ca.pem")


def lan_addresses() -> tuple[Address, ...]:
    """Return this machine's private addresses, IPv4 first."""
    found: set[Address] = set()
    networks = [ip_network(network) for network in TRAINING_NETWORKS]
    for addresses in psutil.net_if_addrs().values():
        for entry in addresses:
            try:
                address = ip_address(entry.address.partition("%")[0])
            except ValueError:
                continue  # a hardware address
            if not address.is_loopback and any(address in network for network in networks):
                found.add(address)
    return tuple(sorted(found, key=lambda address: (address.version, address.is_link_local, int(address))))


def prepare(data: Path, *, lan: bool, now: datetime | None = None) -> TlsFiles:
    """Make what is missing, ends within 30 days or was made for other addresses; return the files."""
    moment = now or datetime.now(UTC)
    addresses = [ip_address("127.0.0.1"), ip_address("::1"), *(lan_addresses() if lan else ())]
    ca = ca_path(data, lan=lan)
    ca.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    ca_key = _key_of(ca)
    server = ca.with_name(ca.stem.replace("ca", "server", 1) + ".pem")
    files = TlsFiles(ca, server, _key_of(server))
    fresh_authority = not (ca.is_file() and ca_key.is_file() and _lasts(ca, moment))
    if fresh_authority:
        _make_authority(ca, ca_key, lan=lan, now=moment)
    if fresh_authority or not _fits(files, addresses, moment):
        _make_server(files, addresses, moment)
    return files


@dataclass(frozen=True)
class ClientCertificate:
    """A client certificate with its key, in PEM, and the SHA-256 fingerprint by which an account knows it."""

    pem: bytes
    fingerprint: str
    ends_at: datetime


def issue_client(data: Path, number: str, now: datetime) -> ClientCertificate:
    """Return a fresh client certificate for the account ``number``, signed by this machine's authority."""
    files = prepare(data, lan=False, now=now)
    authority, authority_key = _authority(files.ca)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(_name(number), authority.subject, key.public_key(), now, CLIENT_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return ClientCertificate(
        pem=certificate.public_bytes(serialization.Encoding.PEM) + _pem(key),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        ends_at=now + CLIENT_LIFE,
    )


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 fingerprint of a certificate in DER."""
    return x509.load_der_x509_certificate(der).fingerprint(hashes.SHA256()).hex()


def certificate_der(path: Path) -> bytes:
    """Return a PEM certificate in DER."""
    return _load(path).public_bytes(serialization.Encoding.DER)


def _load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _lasts(path: Path, now: datetime) -> bool:
    return _load(path).not_valid_after_utc - now > RENEW_BEFORE


def _fits(files: TlsFiles, addresses: Sequence[Address], now: datetime) -> bool:
    if not (files.certificate.is_file() and files.key.is_file() and _lasts(files.certificate, now)):
        return False
    names = _load(files.certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names.get_values_for_type(x509.IPAddress)) == set(addresses)


def _make_authority(ca: Path, ca_key: Path, *, lan: bool, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("快处台 局域网培训 CA" if lan else "快处台 本机 CA")
    networks: list[IPv4Network | IPv6Network] = [
        ip_network(network) for network in (TRAINING_NETWORKS if lan else LOOPBACK)
    ]
    permitted: list[x509.GeneralName] = [x509.DNSName("localhost"), *map(x509.IPAddress, networks)]
    certificate = (
        _builder(name, name, key.public_key(), now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_secret(ca_key, _pem(key))
    ca.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _authority(ca: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return the authority's certificate and key."""
    key = serialization.load_pem_private_key(_key_of(ca).read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not the one made here")
    return _load(ca), key


def _key_of(certificate: Path) -> Path:
    return certificate.with_name(certificate.stem + "-key.pem")


def _make_server(files: TlsFiles, addresses: Sequence[Address], now: datetime) -> None:
    authority, authority_key = _authority(files.ca)
    key = ec.generate_private_key(ec.SECP256R1())
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), *map(x509.IPAddress, addresses)]
    certificate = (
        _builder(_name("快处台 服务"), authority.subject, key.public_key(), now, SERVER_LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    write_secret(files.key, _pem(key))
    chain = certificate.public_bytes(serialization.Encoding.PEM) + files.ca.read_bytes()
    files.certificate.write_bytes(chain)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, in the place of any before it."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
