"""Sign calls to Alipay, and verify what it answers; python-alipay-sdk computes.

Source: Alipay, open gateway, RSA2 and certificates, read 2026-11-21.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from alipay import AliPay
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot import pem
from bot.accounts import AlipayApp
from data.civic.calendar import local
from data.civic.errors import BadSignature

_RSA = "1.2.840.113549.1.1."
"""All signature algorithms of RSA begin so; the root file also holds those of SM2."""


class AlipaySigner:
    """Signs with the app's key and verifies with Alipay's; never changes, so share it."""

    def __init__(self, account: AlipayApp) -> None:
        self._theirs = _key_of_alipay(account)
        self._certificates = _certificate_numbers(account)
        self.alipay_cert_sn = certificate_number(account.alipay_cert or "")
        """The number of the certificate that answers are verified with; empty: by key."""
        own = pem.private_key(account.app_private_key.get_secret_value())
        # The SDK takes PEM alone, and loads both keys here and now.
        self._sdk = AliPay(
            appid=account.app_id,
            app_private_key_string=own.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            ).decode(),
            alipay_public_key_string=self._theirs.public_bytes(
                Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
            ).decode(),
            sign_type="RSA2",
        )

    def signed(
        self,
        method: str,
        more: Mapping[str, str],
        *,
        at: datetime,
        content: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Make all parameters of a call out of its own (`more`), the signature among them.

        `content` is what goes into `biz_content`.

        Takes about 1.6 ms. The timestamp is Beijing time wherever the process runs.
        """
        call = self._sdk.client_api(
            method,
            format="JSON",
            timestamp=f"{local(at):%Y-%m-%d %H:%M:%S}",
            **({"biz_content": dict(content)} if content else {}),
            **self._certificates,
            **more,
        )
        return dict(parse_qsl(call, keep_blank_values=True))

    def verify(self, content: str, signature: str) -> None:
        """Insist that Alipay signed `content`.

        Raises:
            BadSignature: it did not.
        """
        try:
            sign = base64.b64decode(signature, validate=True)
            self._theirs.verify(sign, content.encode(), padding.PKCS1v15(), SHA256())
        except (ValueError, InvalidSignature):
            raise BadSignature("the signature is not Alipay's: check alipay_public_key") from None


def certificate_number(text: str) -> str:
    """Name certificates as Alipay does: MD5 of issuer and number, of RSA ones, joined by `_`."""
    if not text:
        return ""
    chosen = [
        c
        for c in pem.certificates(text)
        if c.signature_algorithm_oid.dotted_string.startswith(_RSA)
    ]
    return "_".join(_number(one) for one in chosen)


def _number(certificate: x509.Certificate) -> str:
    names = [f"{one.rfc4514_attribute_name}={one.value!s}" for one in certificate.issuer]
    named = ",".join(reversed(names)) + str(certificate.serial_number)
    return hashlib.md5(named.encode(), usedforsecurity=False).hexdigest()


def _certificate_numbers(account: AlipayApp) -> dict[str, str]:
    if account.app_cert is None or account.root_cert is None:
        return {}
    return {
        "app_cert_sn": certificate_number(account.app_cert),
        "alipay_root_cert_sn": certificate_number(account.root_cert),
    }


def _key_of_alipay(account: AlipayApp) -> rsa.RSAPublicKey:
    if account.alipay_public_key is not None:
        return pem.public_key(account.alipay_public_key)
    return pem.public_key_of(pem.certificate(account.alipay_cert or ""))
