"""Alipay's own side in the tests: keys, certificates, and a small gateway that signs."""

import base64
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from aiohttp import web
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
from cryptography.x509.oid import NameOID

from bot.accounts import AlipayApp
from tests.bot.channels.given import NOW

NODE = "alipay_system_oauth_token_response"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Make one key a name and run; making them is slow."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(name: str) -> str:
    return key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(name: str) -> str:
    public = key(name).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def bare(pem: str) -> str:
    """Write a key as Alipay's key tool does: base64 alone."""
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


@cache
def certificate(name: str) -> str:
    """Let a root sign a certificate for the key `name`; `root` signs itself."""
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ant Financial"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Certification Authority"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Ant Financial Class 2 R1"),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key(name).public_key())
        .serial_number(int.from_bytes(name.encode()) << 64)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=3650))
        .sign(key("root"), SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def app(**changes: Any) -> AlipayApp:
    told: dict[str, Any] = {
        "name": "county-alipay",
        "app_id": "2021000000000001",
        "app_private_key": private_pem("app"),
        "alipay_public_key": public_pem("alipay"),
    }
    return AlipayApp.model_validate(told | changes)


def app_by_certificates(**changes: Any) -> AlipayApp:
    return app(
        alipay_public_key=None,
        app_cert=certificate("app"),
        alipay_cert=certificate("alipay"),
        root_cert=certificate("root") + "\n" + certificate("alipay"),
        **changes,
    )


def signed_by(name: str, text: str) -> str:
    sign = key(name).sign(text.encode(), padding.PKCS1v15(), SHA256())
    return base64.b64encode(sign).decode()


def signed_answer(node: str, *, by: str = "alipay", name: str = NODE, more: str = "") -> str:
    return f'{{"{name}":{node},"sign":"{signed_by(by, node)}"{more}}}'


@dataclass
class Gateway:
    """Verifies what it is sent as Alipay does, and answers what the test says."""

    url: str = ""
    body: str = signed_answer('{"access_token":"t","open_id":"074a1CcTG1LelxKe4xQC0zgNdId0nxi"}')
    status: int = 200
    asked: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append((query, form))
        if not verified(query | form):
            return web.Response(text='{"error_response":{"code":"40002"}}')
        return web.Response(status=self.status, text=self.body, content_type="text/html")


def verified(parameters: dict[str, str]) -> bool:
    signed = {name: value for name, value in parameters.items() if name != "sign" and value}
    text = "&".join(f"{name}={value}" for name, value in sorted(signed.items()))
    sign = base64.b64decode(parameters.get("sign", ""))
    try:
        key("app").public_key().verify(sign, text.encode(), padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
