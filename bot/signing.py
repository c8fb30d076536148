"""The seal of the house: keyed hashes, signatures and encryption from one house key."""

import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data.civic.errors import BadInput

_NONCE = 12
_FORMAT = b"\x01"
_SECRET = 32


class HouseSeal:
    """Implements `Seal`; each use has a key of its own, derived from the house key."""

    def __init__(self, house_key: bytes) -> None:
        self._hash_key = _derive(house_key, b"hash")
        self._aes = AESGCM(_derive(house_key, b"encrypt"))
        self._signer = Ed25519PrivateKey.from_private_bytes(_derive(house_key, b"sign"))
        self._verifier = self._signer.public_key()
        self._codes = _derive(house_key, b"codes")

    def __repr__(self) -> str:
        """Show no key."""
        return "HouseSeal(…)"

    def keyed_hash(self, purpose: str, value: str) -> str:
        """Hash `value` for one purpose: 64 hex digits that only this house can compare."""
        text = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._hash_key, text, hashlib.sha256).hexdigest()

    def sign(self, value: bytes) -> bytes:
        """Sign `value`: 64 bytes, Ed25519."""
        return self._signer.sign(value)

    def verify(self, value: bytes, signature: bytes) -> bool:
        """Say whether `signature` is ours for `value`."""
        try:
            self._verifier.verify(signature, value)
        except InvalidSignature:
            return False
        return True

    def encrypt(self, value: str, *, bound_to: str) -> bytes:
        """Hide `value`: format byte, nonce, AES-256-GCM with `bound_to` as bound data."""
        nonce = os.urandom(_NONCE)
        text = value.encode("utf-8", "surrogatepass")
        return _FORMAT + nonce + self._aes.encrypt(nonce, text, bound_to.encode())

    def decrypt(self, sealed: bytes, *, bound_to: str) -> str:
        """Read what `encrypt` hid.

        Raises:
            BadInput: it was changed, bound to something else, or hidden with another key.
        """
        nonce, text = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            plain = self._aes.decrypt(nonce, text, bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise BadInput(f"sealed text of {bound_to} cannot be opened: wrong key?") from error
        return plain.decode("utf-8", "surrogatepass")

    def secret(self) -> bytes:
        """Make a key of its own: 32 random bytes."""
        return os.urandom(_SECRET)

    def code_key(self, salt: str) -> bytes:
        """Give the public half of a key pair of codes."""
        return _code_pair(self._codes, salt).public_key().public_bytes_raw()

    def sign_code(self, value: bytes, *, salt: str) -> bytes:
        """Sign a code with a pair of its own, never with the key of the audit log."""
        return _code_pair(self._codes, salt).sign(value)

    def code_check(self, public: bytes) -> Callable[[bytes, bytes], bool]:
        """Give what checks signatures by a public key."""
        return code_check(public)


def code_check(public: bytes) -> Callable[[bytes, bytes], bool]:
    """Give what checks signatures by a public key of codes; no house key is needed.

    Raises:
        BadInput: these bytes are no public key.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
    except ValueError as error:
        raise BadInput("no public key: 32 bytes of Ed25519") from error

    def fits(value: bytes, signature: bytes) -> bool:
        try:
            key.verify(signature, value)
        except InvalidSignature:
            return False
        return True

    return fits


def backup_key(house_key: bytes) -> bytes:
    """Give the key of the backups of this house: 32 bytes."""
    return _derive(house_key, b"backup")


@lru_cache(maxsize=8)
def _code_pair(secret: bytes, salt: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_derive(secret, b"code/" + salt.encode()))


def _derive(house_key: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bianmin/" + use).derive(house_key)
