"""A route with its models: registered once, served by aiohttp and described in OpenAPI."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web
from pydantic import BaseModel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


SESSION, STAFF_TOKEN = "session", "staff_token"
"""What a citizen's page sends as the bearer, and what a staff program sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the API."""

    method: str
    path: str
    handler: Handler
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    open: bool = False
    """No session is needed."""
    key: str = SESSION
    """What opens it, if it is not open."""


@dataclass(slots=True)
class Routes:
    """The operations of one part of the API, in the order of the document."""

    routes: list[Route] = field(default_factory=list)
    key: str = SESSION

    def on(
        self,
        operation: str,
        *,
        summary: str,
        answer: type[BaseModel],
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        open: bool = False,  # noqa: A002  (the field's own word)
    ) -> Callable[[Handler], Handler]:
        """Register a handler of an operation, as "GET /places", with what it takes and gives."""
        method, _, path = operation.partition(" ")

        def register(handler: Handler) -> Handler:
            self.routes.append(
                Route(
                    method=method,
                    path=path,
                    handler=handler,
                    summary=summary,
                    answer=answer,
                    body=body,
                    query=query,
                    open=open,
                    key=self.key,
                )
            )
            return handler

        return register


def written(model: BaseModel) -> bytes:
    """Write a model as JSON."""
    return model.model_dump_json(by_alias=True).encode()


def answer(model: BaseModel, *, status: int = 200) -> web.Response:
    """Answer with a model as the JSON body."""
    return web.Response(body=written(model), status=status, content_type="application/json")
