"""Logs: one JSON object a line, numbers masked, errors with their trace."""

import json
import subprocess
import sys
from typing import Any

from tests.faults.processes import ROOT

PROGRAM = """
import logging, structlog
from bot.logs import set_up
set_up("info")
log = structlog.get_logger()
log.debug("not shown")
log.info("call 13800138000", who="110101199003070337", count=3)
logging.getLogger("lib").info("not shown")
logging.getLogger("lib").warning("from a library 13800138000")
try:
    raise ValueError("at 13800138000")
except ValueError:
    log.exception("failed")
"""


def logged() -> list[dict[str, Any]]:
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_is_json_and_names_nobody() -> None:
    lines = logged()
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert all({"event", "timestamp"} <= line.keys() for line in lines)
    assert "13800138000" not in str(lines)
    assert "19900307" not in str(lines)
    assert lines[0]["event"] == "call 138****8000"
    assert lines[0]["count"] == 3
    assert "ValueError: at 138****8000" in lines[2]["exception"]
