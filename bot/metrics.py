"""What is counted: messages by channel and ending, and how long an answer takes."""

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from data.civic.labels import Channel, Outcome

REGISTRY = CollectorRegistry()

MESSAGES = Counter(
    "bianmin_messages_total", "Messages answered", ["channel", "outcome"], registry=REGISTRY
)
REPLY_SECONDS = Histogram(
    "bianmin_reply_seconds",
    "From the first byte to the reply",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4),
    registry=REGISTRY,
)
OUTBOX_OLDEST_SECONDS = Gauge(
    "bianmin_outbox_oldest_seconds", "Age of the oldest due delivery", registry=REGISTRY
)
RELEASE = Gauge("bianmin_release", "1 for the release that answers", ["release"], registry=REGISTRY)


class Stopwatch:
    """Measures one message from its arrival to its ending."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._start = perf_counter()

    def stop(self, outcome: Outcome) -> None:
        """Count the message under its ending."""
        MESSAGES.labels(self._channel, outcome).inc()
        REPLY_SECONDS.labels(self._channel).observe(perf_counter() - self._start)
