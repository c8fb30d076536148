"""The demo's own accounts: app ids, secrets and keys, made at the first start and kept."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from data.civic.errors import Mistake, Mistakes
from data.civic.ports import Ids

SERVICE = "wechat-service"
WECHAT_MINI = "wechat-mini"
ALIPAY_MINI = "alipay-mini"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChatAccount:
    """A service account or mini-program as WeChat knows it."""

    name: str
    """Its name in our accounts file, and in the path that is pushed to."""
    kind: str
    app_id: str
    original_id: str
    mode: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_keys: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlipayAccount:
    """A mini-program as Alipay knows it, with the keys of both sides (PEM)."""

    name: str
    app_id: str
    identity: str
    app_key: str = field(repr=False)
    """The app's private key, which the backend signs with."""
    platform_key: str = field(repr=False)
    """Alipay's private key for this app, which never leaves the simulator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """All accounts of the demo."""

    wechat: tuple[WeChatAccount, ...]
    alipay: tuple[AlipayAccount, ...]


def open_accounts(home: Path, ids: Ids) -> Accounts:
    """Read the accounts under `home`, or make them at the first start.

    Raises:
        Mistakes: the file is there but cannot be read.
    """
    file = home / "demo" / "secrets.json"
    if not file.exists():
        write_private(file, json.dumps(asdict(_made(ids)), indent=1))
    try:
        kept = json.loads(file.read_text())
        return Accounts(
            wechat=tuple(_wechat(one) for one in kept["wechat"]),
            alipay=tuple(AlipayAccount(**one) for one in kept["alipay"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        what = f"cannot be read ({error}): remove it, and new demo accounts are made"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error


def public_pem(private_pem: str) -> str:
    """Tell the public half of a key, as PEM."""
    key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def write_private(file: Path, text: str) -> None:
    """Write a file whole, readable by its owner alone, in a folder of the same kind."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    draft.replace(file)


def _wechat(kept: Mapping[str, object]) -> WeChatAccount:
    words = {key: str(value) for key, value in kept.items() if key != "aes_keys"}
    aes_keys = kept["aes_keys"]
    if not isinstance(aes_keys, list):
        raise TypeError("aes_keys is no list")
    return WeChatAccount(**words, aes_keys=tuple(str(one) for one in aes_keys))


def _made(ids: Ids) -> Accounts:
    return Accounts(
        wechat=(
            _wechat_account(ids, name=SERVICE, kind="service", mode="safe"),
            _wechat_account(ids, name=WECHAT_MINI, kind="miniprogram", mode="safe"),
        ),
        alipay=(
            AlipayAccount(
                name=ALIPAY_MINI,
                app_id="2021" + ids.digits(12),
                identity="open_id",
                app_key=_rsa_key(),
                platform_key=_rsa_key(),
            ),
        ),
    )


def _wechat_account(ids: Ids, *, name: str, kind: str, mode: str) -> WeChatAccount:
    return WeChatAccount(
        name=name,
        kind=kind,
        app_id="wx" + _hex(ids, 16),
        original_id="gh_" + _hex(ids, 12),
        mode=mode,
        secret=_hex(ids, 32),
        token=_hex(ids, 32),
        aes_keys=(_aes_key(ids),),
    )


def _hex(ids: Ids, count: int) -> str:
    return hashlib.sha256(ids.token().encode()).hexdigest()[:count]


def _aes_key(ids: Ids) -> str:
    """Make an EncodingAESKey: 43 letters and digits, base64 of 32 bytes without its `=`."""
    return _hex(ids, 42) + "A"


def _rsa_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
