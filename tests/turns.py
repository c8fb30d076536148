"""Which test runs when, and in which worker: none is to end alone with a long one."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import WorkStealingScheduling


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that may take longest."""
    items.sort(key=_allowed_s, reverse=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> WorkStealingScheduling | None:
    """Let a worker that has no tests left take some of another's, unless asked otherwise."""
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def _allowed_s(item: pytest.Item) -> float:
    marked = item.get_closest_marker("timeout")
    return float(marked.args[0]) if marked else 0
