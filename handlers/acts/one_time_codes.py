"""The codes that an app on a telephone shows: six digits for each half-minute (TOTP).

Source: RFC 6238; one step before and after is taken for clocks that differ (§5.2).
"""

import base64
import hmac
from datetime import datetime

import pyotp

from handlers.office import Office

STEP_S = 30
AROUND = (-1, 0, 1)
SECRET_BYTES = 20
"""RFC 4226 §4 R6 recommends 160 bits."""


def new_secret(office: Office) -> str:
    """Make the secret of an app: base32, 160 random bits."""
    random = base64.urlsafe_b64decode(office.ids.token() + "=")
    return base64.b32encode(random[:SECRET_BYTES]).decode()


def step_of(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """Tell of which step of time a code is; None: wrong, or of no step later than `after`."""
    totp, current = pyotp.TOTP(secret, interval=STEP_S), int(now.timestamp()) // STEP_S
    fitting = [
        current + away
        for away in AROUND
        if hmac.compare_digest(totp.generate_otp(current + away), code)
    ]
    return next((one for one in fitting if one > after), None)


def address(secret: str, *, login: str, house: str) -> str:
    """Write what the app reads from the QR code: `otpauth://…`."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=login, issuer_name=house)
