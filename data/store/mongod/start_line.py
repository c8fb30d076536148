"""The words a mongod is started with: loopback only, with accounts, without what has holes."""

import ipaddress
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.civic.errors import Mistake, Mistakes
from data.store.mongod.replica import LOOPBACK, SET

Parameters = Mapping[str, str | int]


def start_line(
    program: Path, data: Path, *, port: int, parameters: Parameters, bind: str = LOOPBACK
) -> Sequence[str]:
    """Write the command line of a mongod on `data`.

    No compression: CVE-2025-14847. No scripting: CVE-2026-11933. Small cache and few
    connections: it shares one small machine with everything else.

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
        "keyFile": data / "key",
        "networkMessageCompressors": "disabled",
        "maxConns": 500,
        "logpath": data / "mongod.log",
    }
    words = [word for key, value in places.items() for word in (f"--{key}", str(value))]
    marks = ["--auth", "--nounixsocket", "--noscripting", "--logappend"]
    chosen = {"diagnosticDataCollectionEnabled": "false", **parameters}
    settings = [
        word for key, value in chosen.items() for word in ("--setParameter", f"{key}={value}")
    ]
    return [str(program), *words, *marks, *settings]


_OUTSIDE = (
    "the embedded MongoDB may not listen on {}: it is past its end of life and for this machine"
    " only; use a MongoDB of yours and set BIANMIN_MONGODB_URI"
)
