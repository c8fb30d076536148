"""Write the demo's accounts as the accounts file of the backend, pointing at the simulator."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.demo.keys import Accounts, AlipayAccount, WeChatAccount, public_pem, write_private
from bot.demo.templates_allowed import ALIPAY_FIELDS, LONG_TERM, WECHAT_FIELDS
from data.civic.ports import Ids

SMS, VOICE, WORKAPP = "county-sms", "county-voice", "county-workapp"
GATEWAY_KEY = "demo-county"
"""By what name the simulated gateways know the backend."""
FEED, ISSUER, COUNTY = "county-weather", "33010941600000", "330109"
"""The demo's feed of warnings: its name, the code of its observatory, and where it warns."""
_WORDS = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
OBSERVATORY: str = tomllib.loads(_WORDS)["observatory"]["name"]
"""What staff call that feed."""


def feed_secret_file(home: Path, ids: Ids) -> Path:
    """Tell where the key of the demo's feed stands; it is made at the first start."""
    file = home / "demo" / "feed-secret.txt"
    if not file.exists():
        write_private(file, ids.token())
    return file


def gateway_secret_file(home: Path, ids: Ids) -> Path:
    """Tell where the secret of the demo's gateways stands; it is made at the first start."""
    file = home / "demo" / "gateway-secret.txt"
    if not file.exists():
        write_private(file, ids.token())
    return file


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the platforms listen."""

    wechat_base: str
    alipay_gateway: str
    gateway_base: str


def write_accounts_file(
    accounts: Accounts, home: Path, at: Addresses, *, feed_secret: Path, gateway_secret: Path
) -> Path:
    """Write `home/demo/accounts.toml` and the key files it names; tell where it is."""
    folder = home / "demo"
    tables = [_wechat_table(one, at.wechat_base) for one in accounts.wechat]
    tables += [_alipay_table(one, folder, at.alipay_gateway) for one in accounts.alipay]
    tables.append(_feed_table(feed_secret))
    tables += [
        _gateway_table(sort, name, at.gateway_base, gateway_secret)
        for sort, name in (("sms", SMS), ("voice", VOICE), ("workapp", WORKAPP))
    ]
    file = folder / "accounts.toml"
    write_private(file, "\n".join(tables))
    return file


def _wechat_table(account: WeChatAccount, api_base: str) -> str:
    return _table(
        "wechat",
        {
            "name": account.name,
            "kind": account.kind,
            "app_id": account.app_id,
            "original_id": account.original_id,
            "secret": account.secret,
            "token": account.token,
            "aes_keys": list(account.aes_keys),
            "mode": account.mode,
            "api_base": api_base,
        },
        _template(WECHAT_FIELDS) if account.kind == "miniprogram" else {},
    )


def _alipay_table(account: AlipayAccount, folder: Path, gateway_url: str) -> str:
    private = folder / f"{account.name}-app-private.pem"
    public = folder / f"{account.name}-alipay-public.pem"
    write_private(private, account.app_key)
    write_private(public, public_pem(account.platform_key))
    return _table(
        "alipay",
        {
            "name": account.name,
            "app_id": account.app_id,
            "identity": account.identity,
            "app_private_key_file": str(private.resolve()),
            "alipay_public_key_file": str(public.resolve()),
            "gateway_url": gateway_url,
            "life_account": False,
        },
        _template(ALIPAY_FIELDS),
    )


def _feed_table(secret: Path) -> str:
    return _table(
        "feed",
        {
            "name": FEED,
            "title": OBSERVATORY,
            "kind": "national",
            "secret_file": str(secret.resolve()),
            "issuers": [ISSUER],
            "area": COUNTY,
        },
    )


def _gateway_table(sort: str, name: str, api_base: str, secret: Path) -> str:
    told: dict[str, object] = {
        "name": name,
        "api_base": api_base,
        "key": GATEWAY_KEY,
        "secret_file": str(secret.resolve()),
        "per_second": 500,
    }
    return _table(sort, told)


def _template(fields: Sequence[str]) -> dict[str, object]:
    """Tell the template for warnings: title, area, time and advice go into its fields."""
    words = ("title", "area", "time", "advice")
    return {
        "id": LONG_TERM,
        "kind": "long_term",
        "page": "pages/alert/detail",
        "fields": dict(zip(fields, words, strict=True)),
    }


def _table(name: str, values: dict[str, object], template: dict[str, object] | None = None) -> str:
    """Write one table; JSON's strings, lists and booleans are TOML's, too."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    if template:
        lines.append(f"alert_template = {_inline(template)}")
    return "\n".join([f"[[{name}]]", *lines, ""])


def _inline(values: dict[str, object]) -> str:
    parts = [
        f"{key} = {_inline(value) if isinstance(value, dict) else json.dumps(value)}"
        for key, value in values.items()
    ]
    return "{" + ", ".join(parts) + "}"
