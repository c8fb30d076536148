"""Logs: one JSON line an event, with ids, without a citizen's words, numbers masked."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from data.civic.privacy import mask

Event = MutableMapping[str, Any]


def set_up(level: str = "info") -> None:
    """Send every log of this process to standard error as JSON lines."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _masked,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_dumps)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_dumps),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def _masked(_logger: object, _name: str, event: Event) -> Event:
    """Mask numbers in every text of an event: a second net, the first is not to log them."""
    for key, value in event.items():
        if isinstance(value, str) and key != "timestamp":
            event[key] = mask(value)
    return event


def _dumps(event: Event, **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
