"""Alipay's side of the gateway's signatures (RSA2), written apart from the backend's.

Source: Alipay open platform, signing: RSA with SHA-256, PKCS#1 v1.5, base64.
"""

import base64
import binascii
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def string_to_sign(params: Mapping[str, str]) -> str:
    """Write what a request signs: all but `sign` and empty values, sorted, not URL-encoded."""
    kept = sorted((key, value) for key, value in params.items() if key != "sign" and value)
    return "&".join(f"{key}={value}" for key, value in kept)


class Signer:
    """Signs with a private key, given as PEM."""

    def __init__(self, private_pem: str) -> None:
        key = serialization.load_pem_private_key(private_pem.encode(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("RSA2 needs an RSA key")
        self._key = key

    def sign(self, value: bytes) -> str:
        """Sign `value`; the answer is base64."""
        signed = self._key.sign(value, padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(signed).decode()

    def signed_by_me(self, value: bytes, sign: str) -> bool:
        """Say whether `sign` was made over `value` with this key."""
        try:
            self._key.public_key().verify(
                base64.b64decode(sign, validate=True), value, padding.PKCS1v15(), hashes.SHA256()
            )
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True
