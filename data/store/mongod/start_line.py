"""The words a mongod is started with: loopback only, with accounts, without what has holes."""

import ipaddress
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.civic.errors import Mistake, Mistakes
from data.store.mongod.replica import LOOPBACK, SET

Parameters = Mapping[str, str | int]

HISTORY_S = 5
"""Measured 2026-11-22 on MongoDB 6.0.5: with the 300 s it comes with, writing out what was deleted
or changed meanwhile takes up to half of the server's time while a million rows are made.
"""
EVICTION = "eviction_dirty_target=20,eviction_dirty_trigger=40"
"""In percent of the cache. The rows of an informing come in at random places, so with the 5 it
comes with the same pages are written out again and again while they are being filled.
"""


def start_line(
    program: Path, data: Path, *, port: int, parameters: Parameters, bind: str = LOOPBACK
) -> Sequence[str]:
    """Write the command line of a mongod on `data`.

    No compression: CVE-2025-14847. No scripting: CVE-2026-11933. Small cache and few
    connections: it shares one small machine with everything else. Nothing is read as it stood
    minutes ago, so that is kept for `HISTORY_S` only.

    Raises:
        Mistakes: `bind` can be reached from outside.
    """
    if not ipaddress.ip_address(bind).is_loopback:
        raise Mistakes((Mistake(where="bind", what=_OUTSIDE.format(bind)),))
    places = {
        "dbpath": data,
        "port": port,
        "bind_ip": bind,
        "replSet": SET,
        "oplogSize": 990,
        "wiredTigerCacheSizeGB": 0.25,
        "wiredTigerEngineConfigString": EVICTION,
        "keyFile": data / "key",
        "networkMessageCompressors": "disabled",
        "maxConns": 500,
        "logpath": data / "mongod.log",
    }
    words = [word for key, value in places.items() for word in (f"--{key}", str(value))]
    marks = ["--auth", "--nounixsocket", "--noscripting", "--logappend"]
    chosen = {
        "diagnosticDataCollectionEnabled": "false",
        "minSnapshotHistoryWindowInSeconds": HISTORY_S,
        **parameters,
    }
    settings = [
        word for key, value in chosen.items() for word in ("--setParameter", f"{key}={value}")
    ]
    return [str(program), *words, *marks, *settings]


_OUTSIDE = (
    "the embedded MongoDB may not listen on {}: it is past its end of life and for this machine"
    " only; use a MongoDB of yours and set BIANMIN_MONGODB_URI"
)
