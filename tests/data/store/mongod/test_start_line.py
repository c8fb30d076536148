"""The words a mongod is started with."""

from itertools import pairwise
from pathlib import Path

import pytest

from data.civic.errors import Mistakes
from data.store.mongod.start_line import start_line

MONGOD, DATA = Path("/bin/mongod"), Path("/home/of us/mongod")


def test_it_listens_on_this_machine_with_accounts_and_without_what_has_holes() -> None:
    line = list(start_line(MONGOD, DATA, port=4711, parameters={"ttlMonitorSleepSecs": 1}))
    assert line[0] == str(MONGOD)
    assert {"--auth", "--noscripting", "--nounixsocket", "--logappend"} <= set(line)
    pairs = set(pairwise(line))
    assert {
        ("--bind_ip", "127.0.0.1"),
        ("--port", "4711"),
        ("--dbpath", "/home/of us/mongod"),
        ("--networkMessageCompressors", "disabled"),
        ("--replSet", "rs0"),
        ("--setParameter", "diagnosticDataCollectionEnabled=false"),
        ("--setParameter", "ttlMonitorSleepSecs=1"),
    } <= pairs


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.5"])  # noqa: S104
def test_an_address_that_can_be_reached_from_outside_is_refused(bind: str) -> None:
    with pytest.raises(Mistakes, match="this machine only"):
        start_line(MONGOD, DATA, port=4711, parameters={}, bind=bind)
