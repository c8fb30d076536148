"""How a push is signed and closed, and how the reply to it is opened again."""

from dataclasses import dataclass

from bot.demo import wechat_xml
from bot.demo.chance import Chance
from bot.demo.keys import WeChatAccount
from bot.demo.wechat_crypto import PushKey, signature
from data.civic.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One push as it goes over the wire; sent again it is the same to the last byte."""

    query: dict[str, str]
    body: str


def seal(
    fields: dict[str, str],
    account: WeChatAccount,
    *,
    chance: Chance,
    timestamp: int,
    lists: wechat_xml.Lists | None = None,
) -> Push:
    """Sign and, as the account's mode says, encrypt a push."""
    stamp, nonce = str(timestamp), chance.digits(10)
    plain = wechat_xml.write(fields, lists)
    query = {
        "signature": signature(account.token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "openid": fields["FromUserName"],
    }
    if account.mode == "plain":
        return Push(query=query, body=plain)
    key = PushKey(account.aes_keys[0], app_id=account.app_id)
    encrypted = key.encrypt(plain, noise=chance.octets(16))
    query["encrypt_type"] = "aes"
    query["msg_signature"] = signature(account.token, stamp, nonce, encrypted)
    shown = fields if account.mode == "compatible" else {"ToUserName": fields["ToUserName"]}
    return Push(query=query, body=wechat_xml.write({**shown, "Encrypt": encrypted}))


def unseal(body: str, account: WeChatAccount) -> dict[str, str] | None:
    """Open a reply; None when it says that there is none (`success`, or nothing).

    Raises:
        BadInput: it is malformed, unsigned, not for this app, or plain in safe mode.
    """
    if body in ("", "success"):
        return None
    fields = wechat_xml.read(body)
    if "Encrypt" not in fields:
        if account.mode == "safe":
            raise BadInput("a reply in safe mode must be encrypted")
        return fields
    return wechat_xml.read(_opened(fields, account))


def _opened(fields: dict[str, str], account: WeChatAccount) -> str:
    names = ("TimeStamp", "Nonce", "MsgSignature")
    missing = [name for name in names if not fields.get(name)]
    if missing:
        raise BadInput(f"the encrypted reply has no {', '.join(missing)}")
    ours = signature(account.token, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    if ours != fields["MsgSignature"]:
        raise BadInput("the reply's MsgSignature is wrong")
    return PushKey(account.aes_keys[0], app_id=account.app_id).decrypt(fields["Encrypt"])
