"""Events of subscriptions: asked, changed, sent; in XML, JSON object and JSON array the same.

Source: WeChat, subscription messages, event pushes, read 2026-11-21.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channels import wechat_json
from bot.channels.wechat_push import Push
from bot.channels.wechat_xml import listed
from data.civic.errors import BadInput
from data.civic.sending.subscriptions import Answered, Denied

POPUP, CHANGE, SENT = (
    "subscribe_msg_popup_event",
    "subscribe_msg_change_event",
    "subscribe_msg_sent_event",
)
YES = ("accept", "acceptwithaudio", "acceptwithalert")
NO = ("reject", "ban", "filter")

Change = Answered | Denied


def changes_of(push: Push) -> tuple[Change, ...] | None:
    """Tell what an event changes in the ledger; None: it is no event of subscriptions.

    Raises:
        BadInput: it has no time.
    """
    event = push.fields.get("Event", "").lower()
    if event not in (POPUP, CHANGE, SENT):
        return None
    sent = push.fields.get("CreateTime", "")
    if not (sent.isascii() and sent.isdecimal() and len(sent) <= 10):
        raise BadInput("CreateTime is missing or malformed")
    at = datetime.fromtimestamp(int(sent), UTC)
    found = (_change(event, one, f"{sent}.{event}", at) for one in _items(push))
    return tuple(one for one in found if one is not None)


def _items(push: Push) -> list[dict[str, str]]:
    if push.text.lstrip().startswith("{"):
        return wechat_json.listed(push.text)
    return listed(push.text)


def _change(event: str, item: Mapping[str, str], key: str, at: datetime) -> Change | None:
    template, status = item.get("TemplateId", ""), item.get("SubscribeStatusString", "").lower()
    if not template:
        return None
    if event == SENT:
        return None if item.get("ErrorCode", "0") == "0" else Denied(template=template, at=at)
    if status in NO:
        return Answered(template=template, yes=False, key=key, at=at)
    if status in YES and event == POPUP:  # switched on again in the settings is no further message
        return Answered(template=template, yes=True, key=key, at=at)
    return None
