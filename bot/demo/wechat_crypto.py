"""WeChat's side of the push encryption, written apart from the backend's.

Source: WeChat, message encryption of official accounts (AES-256-CBC, PKCS#7 with block 32).
"""

import base64
import binascii
import hashlib
import struct

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from data.civic.errors import BadInput

BLOCK_BITS = 32 * 8


def signature(*parts: str) -> str:
    """Sign as WeChat does: SHA-1 over the sorted parts, in hex."""
    digest = hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False)
    return digest.hexdigest()


class PushKey:
    """Encrypts pushes to, and decrypts replies from, the app `app_id`."""

    def __init__(self, encoding_aes_key: str, *, app_id: str) -> None:
        key = base64.b64decode(encoding_aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._app_id = app_id.encode()

    def encrypt(self, text: str, *, noise: bytes) -> str:
        """Encrypt `text` with 16 bytes of `noise` before it; the answer is base64."""
        body = text.encode()
        padder = padding.PKCS7(BLOCK_BITS).padder()
        plain = noise + struct.pack(">I", len(body)) + body + self._app_id
        padded = padder.update(plain) + padder.finalize()
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Read what was encrypted for this app.

        Raises:
            BadInput: it is no such text, or it is meant for another app.
        """
        try:
            plain = self._open(base64.b64decode(encrypted, validate=True))
            (size,) = struct.unpack(">I", plain[16:20])
            body, app_id = plain[20 : 20 + size], plain[20 + size :]
            text = body.decode()
        except (binascii.Error, ValueError, struct.error) as error:
            raise BadInput("the reply does not decrypt with the app's EncodingAESKey") from error
        if app_id != self._app_id:
            raise BadInput("the reply was encrypted for another app id")
        return text

    def _open(self, encrypted: bytes) -> bytes:
        decryptor = self._cipher.decryptor()
        padded = decryptor.update(encrypted) + decryptor.finalize()
        unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
