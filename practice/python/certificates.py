"""A throwaway certificate authority: one leaf per server name. The authority's key never touches the disk."""

import datetime
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_FOR = datetime.timedelta(days=30)


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject, issuer, public_key):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        # A clock that runs a little behind must not refuse a certificate made just now.
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
    )


def _write(path, content):
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def write_certificates(directory, server_names):
    """Writes DIRECTORY/ca.pem and, for each name, DIRECTORY/NAME/tls.crt and tls.key."""
    issuer = "Foyer practice world"
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = (
        _certificate(issuer, issuer, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(False, False, False, False, False, True, True, False, False), critical=True
        )
        # Even a leaked key of this authority could vouch for nothing but the practice names.
        .add_extension(
            x509.NameConstraints([x509.DNSName(name) for name in server_names], None), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write(os.path.join(directory, "ca.pem"), authority.public_bytes(serialization.Encoding.PEM))

    for name in server_names:
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = (
            _certificate(name, issuer, key.public_key())
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        _write(os.path.join(directory, name, "tls.crt"), leaf.public_bytes(serialization.Encoding.PEM))
        _write(
            os.path.join(directory, name, "tls.key"),
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
        )
