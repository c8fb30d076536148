"""The kinds of values that the accounts file holds, each with its check."""

import base64
import ipaddress
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, StringConstraints

from bot import pem
from data.civic.errors import BadInput


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with https://")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must have no user, query or fragment")
    if parts.scheme == "http" and not on_this_machine(url):
        raise ValueError("must begin with https://; plain http is for loopback only")
    return url.rstrip("/")


def on_this_machine(url: str) -> bool:
    """Say whether an address leads to loopback: what is sent there reaches nobody."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(check: Callable[[str], object]) -> AfterValidator:
    """Make a check of a secret's value; what it says never shows the value."""

    def checked(secret: SecretStr) -> SecretStr:
        _readable(check)(secret.get_secret_value())
        return secret

    return AfterValidator(checked)


def _readable(read: Callable[[str], object]) -> Callable[[str], str]:
    """Make a check of a text that `read` must be able to read."""

    def checked(text: str) -> str:
        try:
            read(text)
        except BadInput as error:
            raise ValueError(str(error)) from None
        return text

    return checked


def _filled(text: str) -> None:
    if not text.strip():
        raise BadInput("is empty")


def _push_token(text: str) -> None:
    if not (3 <= len(text) <= 32 and text.isascii() and text.isalnum()):
        raise BadInput("must be the Token of the push settings: 3 to 32 letters and digits")


def _push_key(text: str) -> None:
    if len(text) != 43 or _decoded_size(text + "=") != 32:
        raise BadInput("must be the EncodingAESKey of the push settings: 43 letters and digits")


def _content_key(text: str) -> None:
    if _decoded_size(text) != 16:
        raise BadInput("must be the AES key of content encryption: 16 bytes in base64")


def _decoded_size(text: str) -> int:
    try:
        return len(base64.b64decode(text, validate=True))
    except ValueError:
        return 0


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
"""What an account is called in addresses, conversation ids and logs."""

PlatformId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
"""What a platform calls an app or an account."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An `https` address without a slash at its end; `http` on loopback alone."""

Secret = Annotated[SecretStr, _secret(_filled)]
PushToken = Annotated[SecretStr, _secret(_push_token)]
PushKey = Annotated[SecretStr, _secret(_push_key)]
"""WeChat's EncodingAESKey."""

ContentKey = Annotated[SecretStr, _secret(_content_key)]
"""Alipay's AES key of content encryption."""

PrivateKey = Annotated[SecretStr, _secret(pem.private_key)]
PublicKey = Annotated[str, AfterValidator(_readable(pem.public_key))]
Certificate = Annotated[str, AfterValidator(_readable(pem.certificate))]
RootCertificates = Annotated[str, AfterValidator(_readable(pem.certificates))]
