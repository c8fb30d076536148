"""One mini-program at Alipay: its citizens, their ids, and the codes its page logs in with."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.demo.alipay_crypto import Signer
from bot.demo.config import Limits
from bot.demo.keys import AlipayAccount
from bot.demo.templates_allowed import TemplateBook
from data.civic.errors import PlatformRefused
from data.civic.ports import Ids

TOKEN_LASTS_S = 1_296_000
REFRESH_LASTS_S = 2_592_000


def open_id_of(app_id: str, user: str) -> str:
    """Name a citizen for one app, as newer apps see it."""
    digest = hashlib.sha256(f"{app_id}/{user}".encode()).digest()
    return "0" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def user_id_of(user: str) -> str:
    """Name a citizen for all apps, as older apps see it: 2088 and 12 digits."""
    number = int.from_bytes(hashlib.sha256(user.encode()).digest()[:8]) % 10**12
    return f"2088{number:012}"


@dataclass(slots=True, kw_only=True)
class Grant:
    """Something that is taken once for an access token: a login code or a refresh token."""

    user: str
    ends_at: float


class AlipayApp:
    """What Alipay knows about one mini-program."""

    def __init__(self, account: AlipayAccount, *, ids: Ids, limits: Limits) -> None:
        self.account = account
        self.app = Signer(account.app_key)
        self.platform = Signer(account.platform_key)
        self._ids = ids
        self._limits = limits
        self._grants: dict[str, Grant] = {}
        self._people: dict[str, str] = {}
        self.templates = TemplateBook()

    def mint(self, user: str, *, now: float) -> str:
        """Make a login code for the demo's citizen `user`, as `my.getAuthCode` does."""
        self.citizen(user)
        code = self._ids.token()[:32]
        self._grants[code] = Grant(user=user, ends_at=now + self._limits.auth_code_ttl_s)
        return code

    def log_in(self, grant: str, *, now: float, refusal: str) -> dict[str, object]:
        """Take a login code or refresh token once; tell who it is and give tokens.

        Raises:
            PlatformRefused: it is unknown, was used or is too old; its code is `refusal`.
        """
        known = self._grants.pop(grant, None)
        if known is None or now >= known.ends_at:
            raise PlatformRefused("the code is unknown, was used or is too old", code=refusal)
        refresh_token = self._ids.token()[:40]
        self._grants[refresh_token] = Grant(user=known.user, ends_at=now + REFRESH_LASTS_S)
        return {
            "access_token": self._ids.token()[:40],
            "alipay_user_id": self._ids.digits(32),
            "auth_start": "",
            "expires_in": TOKEN_LASTS_S,
            "re_expires_in": REFRESH_LASTS_S,
            "refresh_token": refresh_token,
            **self.identity(known.user),
        }

    def identity(self, user: str) -> dict[str, str]:
        """Tell a citizen's id under the field that this app is given."""
        if self.account.identity == "open_id":
            return {"open_id": open_id_of(self.account.app_id, user)}
        return {"user_id": user_id_of(user)}

    def citizen(self, user: str) -> str:
        """Tell by which id this app knows a citizen of the demo."""
        (known,) = self.identity(user).values()
        self._people[known] = user
        return known

    def known(self, params: Mapping[str, object]) -> str:
        """Find who a message is to, by the field that goes with this app's kind of id.

        Raises:
            PlatformRefused: nobody is named so, or by the field of the other kind.
        """
        citizen = str(params.get(f"to_{self.account.identity}", ""))
        if citizen not in self._people:
            raise PlatformRefused("nobody is called so", code="USER_NOT_EXIST")
        return citizen

    def forget(self) -> None:
        """Take back every code and token, and forget everybody."""
        self._grants.clear()
        self._people.clear()
        self.templates.forget()
