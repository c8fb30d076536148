"""WeChat's signatures and encryption: wechatpy computes, this module checks.

wechatpy compares signatures with `!=`, looks at no padding, and raises whatever it stumbles
over; here everything that is wrong becomes BadInput or BadSignature.
Source: WeChat, message push, encryption and decryption, read 2026-11-21.
"""

import base64
import hmac

from wechatpy.crypto import WeChatCrypto
from wechatpy.crypto.base import WeChatCipher
from wechatpy.utils import WeChatSigner

from bot.accounts import Pushed
from data.civic.errors import BadInput, BadSignature

_BLOCK = 16
_LONGEST_PADDING = 32
_HEAD = 20
"""Bytes before the message: 16 random ones, then 4 of length."""


def check_signature(given: str, *signed: str) -> None:
    """Insist that `given` is the signature of `signed`, the token among them.

    Raises:
        BadSignature: it is not.
    """
    signer = WeChatSigner()
    signer.add_data(*signed)
    right = str(signer.signature)
    if not hmac.compare_digest(right.encode(), given.encode("utf-8", "replace")):
        raise BadSignature("the signature does not belong to this request")


def decrypt(encrypted: str, account: Pushed) -> str:
    """Open what WeChat encrypted, with the account's current key or the previous one.

    Raises:
        BadInput: no key opens it, or it was made for another app.
    """
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except ValueError:
        raise BadInput("Encrypt is not base64") from None
    if not sealed or len(sealed) % _BLOCK:
        raise BadInput("Encrypt is not a whole number of blocks")
    for key in account.aes_keys:
        opened = _opened(sealed, key.get_secret_value(), account.app_id)
        if opened is not None:
            return opened
    raise BadInput("Encrypt cannot be opened: check app_id and aes_keys of this account")


def encrypt(xml: str, account: Pushed, *, nonce: str, timestamp: int) -> str:
    """Wrap a reply as safe mode wants it: an XML of Encrypt, MsgSignature, TimeStamp, Nonce."""
    crypto = WeChatCrypto(
        account.token.get_secret_value(),
        account.aes_keys[0].get_secret_value(),
        account.app_id,
    )
    return str(crypto.encrypt_message(xml, nonce, str(timestamp)))


def _opened(sealed: bytes, key: str, app_id: str) -> str | None:
    """Open with one key; None when padding, length, app or text show that it does not fit."""
    plain = bytes(WeChatCipher(base64.b64decode(key + "=")).decrypt(sealed))
    padding = plain[-1]
    if not 1 <= padding <= _LONGEST_PADDING or plain[-padding:] != bytes([padding]) * padding:
        return None
    plain = plain[:-padding]
    end = _HEAD + int.from_bytes(plain[16:_HEAD], "big")
    if len(plain) < _HEAD or end > len(plain) or plain[end:] != app_id.encode():
        return None
    try:
        return plain[_HEAD:end].decode("utf-8")
    except UnicodeDecodeError:
        return None
