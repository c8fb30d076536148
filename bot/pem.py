"""Read RSA keys and certificates the way people paste them: PEM, or bare base64."""

import base64
import binascii
import re

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

from data.civic.errors import BadInput

SMALLEST_BITS = 2048
"""RSA2 asks for 2048 bits. Source: Alipay, signing, read 2026-11-21."""

_CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def private_key(text: str) -> rsa.RSAPrivateKey:
    """Read a private key: PEM or bare base64, PKCS#8 or PKCS#1.

    Raises:
        BadInput: it is none, it has a passphrase, or it is too short.
    """
    try:
        if _is_pem(text):
            key = load_pem_private_key(text.encode(), password=None)
        else:
            key = load_der_private_key(_bare(text), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadInput("is no RSA private key without passphrase (PEM or bare base64)") from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < SMALLEST_BITS:
        raise BadInput(f"must be an RSA private key of at least {SMALLEST_BITS} bits")
    return key


def public_key(text: str) -> rsa.RSAPublicKey:
    """Read a public key: PEM or bare base64.

    Raises:
        BadInput: it is none, or it is too short.
    """
    try:
        loaded = (
            load_pem_public_key(text.encode())
            if _is_pem(text)
            else load_der_public_key(_bare(text))
        )
    except (ValueError, UnsupportedAlgorithm):
        raise BadInput("is no RSA public key (PEM or bare base64)") from None
    return _long_enough(loaded)


def certificate(text: str) -> x509.Certificate:
    """Read the first certificate of a PEM file; its key must be RSA.

    Raises:
        BadInput: there is none, or its key is not usable.
    """
    found = certificates(text)[0]
    public_key_of(found)
    return found


def public_key_of(certificate: x509.Certificate) -> rsa.RSAPublicKey:
    """Tell the public key that a certificate is for.

    Raises:
        BadInput: it is no RSA key, or too short.
    """
    try:
        return _long_enough(certificate.public_key())
    except (ValueError, UnsupportedAlgorithm):
        raise BadInput("has a public key of a kind that is not supported: RSA is needed") from None


def certificates(text: str) -> tuple[x509.Certificate, ...]:
    """Read all certificates of a PEM file.

    Raises:
        BadInput: there is none, or one cannot be read.
    """
    blocks = _CERTIFICATE.findall(text)
    if not blocks:
        raise BadInput("holds no certificate (-----BEGIN CERTIFICATE-----)")
    try:
        return tuple(x509.load_pem_x509_certificate(block.encode()) for block in blocks)
    except ValueError:
        raise BadInput("holds a certificate that cannot be read: download it again") from None


def _long_enough(key: object) -> rsa.RSAPublicKey:
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_BITS:
        raise BadInput(f"must be an RSA public key of at least {SMALLEST_BITS} bits")
    return key


def _is_pem(text: str) -> bool:
    return "-----BEGIN" in text


def _bare(text: str) -> bytes:
    """Decode what Alipay's key tool writes: base64 without header, perhaps in lines."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
