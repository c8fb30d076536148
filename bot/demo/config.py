"""How the simulated platforms are run, and the limits that they keep."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the platforms allow, as documented; tests make them smaller. All times in seconds.

    Source: WeChat and Alipay, documentation for developers, read 2026-11-21.
    """

    token_ttl_s: float = 7200
    token_overlap_s: float = 300
    """How long an access token that was followed by a newer one is still taken."""
    forced_refreshes_per_day: int = 20
    forced_refresh_gap_s: float = 30
    login_code_ttl_s: float = 300
    logins_per_minute: int = 100
    message_count: int = 5
    """How many customer-service messages may answer one message of a citizen."""
    message_window_s: float = 48 * 3600
    touch_count: int = 3
    """The same after a menu tap, a scan or a new follower."""
    touch_window_s: float = 60
    text_bytes: int = 2048
    push_limit_s: float = 5.0
    push_attempts: int = 3
    auth_code_ttl_s: float = 180
    timestamp_skew_s: float = 600
    receipt_after_s: float = 0.3
    """How long after a text or call a gateway tells what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Where the platforms listen, whom they push to, and what they allow."""

    home: Path
    """The home of the house; the demo keeps its accounts in `home/demo`."""
    backend_url: str
    """Where pushes and receipts go: `http://127.0.0.1:8080`, loopback only."""
    production: bool = False
    """Says that this is no demo: the platforms then refuse to start."""
    port_wechat: int = 0
    port_alipay: int = 0
    port_control: int = 0
    port_gateways: int = 0
    seed: str = "demo"
    """From which nonces and faults by chance follow; the same seed, the same run."""
    limits: Limits = field(default_factory=Limits)
