"""Write the demo's accounts as the accounts file of the backend, pointing at the simulator."""

import json
from pathlib import Path

from bot.demo.keys import Accounts, AlipayAccount, WeChatAccount, public_pem, write_private
from data.civic.ports import Ids

FEED, ISSUER, COUNTY = "county-weather", "33010941600000", "330109"
"""The demo's feed of warnings: its name, the code of its observatory, and where it warns."""


def feed_secret_file(home: Path, ids: Ids) -> Path:
    """Tell where the key of the demo's feed stands; it is made at the first start."""
    file = home / "demo" / "feed-secret.txt"
    if not file.exists():
        write_private(file, ids.token())
    return file


def write_accounts_file(
    accounts: Accounts, home: Path, *, wechat_base: str, alipay_gateway: str, feed_secret: Path
) -> Path:
    """Write `home/demo/accounts.toml` and the key files it names; tell where it is."""
    folder = home / "demo"
    tables = [_wechat_table(one, wechat_base) for one in accounts.wechat]
    tables += [_alipay_table(one, folder, alipay_gateway) for one in accounts.alipay]
    tables.append(_feed_table(feed_secret))
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
    )


def _feed_table(secret: Path) -> str:
    return _table(
        "feed",
        {
            "name": FEED,
            "kind": "national",
            "secret_file": str(secret.resolve()),
            "issuers": [ISSUER],
            "area": COUNTY,
        },
    )


def _table(name: str, values: dict[str, object]) -> str:
    """Write one table; JSON's strings, lists and booleans are TOML's, too."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join([f"[[{name}]]", *lines, ""])
