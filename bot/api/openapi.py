"""The OpenAPI 3.1 document, made from the routes and their models."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.routes import SESSION, STAFF_TOKEN, Route
from bot.api.wire import Problem

REF = "#/components/schemas/{model}"
PROBLEMS = {
    "400": "The request cannot be read; `detail` says which field.",
    "401": "Sign in first.",
    "403": "Not allowed.",
    "404": "Nothing stands there.",
    "409": "Somebody was first, or the step is not possible now.",
    "413": "Too large.",
    "429": "Too often; wait as long as Retry-After says.",
    "502": "The platform refused.",
    "503": "A part that is needed does not answer; try again.",
}
OPEN_PROBLEMS = frozenset({"400", "404", "413", "429", "502", "503"})


def document(routes: Iterable[Route], *, title: str, version: str) -> dict[str, Any]:
    """Describe the routes; each model once."""
    listed = list(routes)
    used: list[type[BaseModel]] = [Problem]
    for route in listed:
        used += [one for one in (route.answer, route.body, route.query) if one is not None]
    modes = [(one, "serialization" if _is_answer(one, listed) else "validation") for one in used]
    _, schemas = models_json_schema(list(dict.fromkeys(modes)), ref_template=REF)  # type: ignore[arg-type]
    paths: dict[str, Any] = {}
    for route in listed:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                key: {"type": "http", "scheme": "bearer"} for key in (SESSION, STAFF_TOKEN)
            },
        },
    }


def _is_answer(model: type[BaseModel], routes: list[Route]) -> bool:
    return model is Problem or any(route.answer is model for route in routes)


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "operationId": f"{route.method.lower()}{re.sub(r'[^a-z]+', '_', route.path)}".rstrip("_"),
        "responses": {
            "200": _content("Done.", route.answer, "application/json"),
            **_problems(route),
        },
        "security": [] if route.open else [{route.key: []}],
    }
    if parameters := [*_in_path(route), *_in_query(route)]:
        operation["parameters"] = parameters
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _ref(route.body)}},
        }
    return operation


def _problems(route: Route) -> dict[str, Any]:
    kept = OPEN_PROBLEMS if route.open else PROBLEMS.keys()
    return {
        status: _content(words, Problem, "application/problem+json")
        for status, words in PROBLEMS.items()
        if status in kept
    }


def _in_path(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _in_query(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema["properties"].items()
    ]


def _content(description: str, model: type[BaseModel], kind: str) -> dict[str, Any]:
    return {"description": description, "content": {kind: {"schema": _ref(model)}}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REF.format(model=model.__name__)}
