"""The API keeps what its document promises, whatever is sent to it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.app import CITIZEN, STAFF
from bot.house import House
from tests.bot.served import API, Door, at_the_door

EXAMPLES = 15
"""Requests an operation and mode; the same ones every time."""
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ASKED = [
    pytest.param(route.method, route.path, mode, id=f"{route.method} {route.path} {mode.value}")
    for part in (*CITIZEN, *STAFF)
    for route in part.routes
    for mode in GenerationMode
    if mode.is_positive or route.body or route.query or "{" in route.path
]
REFUSALS = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429, "5xx"]
"""Those that schemathesis takes for a refusal, and 413: too long is refused before it is read."""
JUDGED = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
)
PROMISED_ONCE = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    async with at_the_door(house) as one:
        yield one


@pytest.mark.parametrize(("method", "path", "mode"), ASKED)
async def test_every_operation_answers_as_described(
    door: Door, method: str, path: str, mode: GenerationMode
) -> None:
    async with door.http.get(f"{door.url}{API}/openapi.json") as answer:
        described = await answer.json()
    operation = schemathesis.openapi.from_dict(described, config=JUDGED)[path][method]
    await asyncio.to_thread(ask, operation, mode, door)


def ask(operation: APIOperation, mode: GenerationMode, door: Door) -> None:
    """Send what the document allows, or what it does not; hold every answer against it."""
    checks = [*PROMISES, *([negative_data_rejection] if mode.is_negative else [])]

    @PROMISED_ONCE
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Case) -> None:
        headers = {"Authorization": f"Bearer {door.token}"}
        response = case.call(base_url=door.url + API, headers=headers)
        case.validate_response(response, checks=checks)

    each()
