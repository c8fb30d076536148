"""All repositories together."""

import dataclasses
import inspect
from pathlib import Path
from typing import get_type_hints

import pytest

from data.civic.errors import StoreUnavailable
from data.civic.ports import Seal
from data.store.messages import InFlight
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE


async def test_what_was_written_before_the_end_is_there_after_it(
    stores: Stores, mongod_uri: str, seal: Seal
) -> None:
    message = builders.message()
    async with Stores.open(mongod_uri, seal=seal, name=DATABASE) as opened:
        await opened.messages.claim(message, lease_s=60)
    assert await stores.messages.claim(message, lease_s=60) == InFlight()
    with pytest.raises(StoreUnavailable):
        await opened.messages.claim(message, lease_s=60)


def test_every_method_of_every_repository_is_tested_and_so_its_queries_are_explained() -> None:
    tests = "".join(one.read_text(encoding="utf-8") for one in Path(__file__).parent.glob("*.py"))
    repositories = {
        name: kind for name, kind in get_type_hints(Stores).items() if kind is not Database
    }
    assert len(repositories) == len(dataclasses.fields(Stores)) - 1
    untested = [
        f"{name}.{method}"
        for name, kind in repositories.items()
        for method, _ in inspect.getmembers(kind, inspect.isfunction)
        if not method.startswith("_") and method != "stop" and f".{name}.{method}" not in tests
    ]
    assert untested == []
