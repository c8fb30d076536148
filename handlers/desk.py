"""A desk: plain handlers for intents or kinds of intents, and the words they need."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from data.civic.ids import IntentId
from data.civic.labels import Kind
from data.civic.talk.messages import Reply, Turn
from handlers.office import Office

Handler = Callable[[Turn, Office], Awaitable[Reply]]
Fits = Callable[[Turn], bool]
"""Says whether a message can be the answer to what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A handler, and the slots that must be filled before it is asked."""

    handler: Handler
    needs: tuple[str, ...] = ()
    asks: Mapping[str, Fits] = field(default_factory=dict)
    """What the handler asks for itself, and is given as the citizen says it."""


@dataclass(slots=True)
class Desk:
    """One topic's handlers; `words` maps each wording key it says to its placeholders."""

    name: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_intent: dict[IntentId, Binding] = field(default_factory=dict)
    by_kind: dict[Kind, Binding] = field(default_factory=dict)

    def on(
        self,
        intent: str,
        *,
        needs: tuple[str, ...] = (),
        asks: Mapping[str, Fits] | None = None,
    ) -> Callable[[Handler], Handler]:
        """Bind a handler to one intent by its id."""

        def bind(handler: Handler) -> Handler:
            self.by_intent[IntentId(intent)] = Binding(
                handler=handler, needs=needs, asks=asks or {}
            )
            return handler

        return bind

    def on_kind(self, kind: Kind) -> Callable[[Handler], Handler]:
        """Bind a handler to every intent of a kind that has none of its own."""

        def bind(handler: Handler) -> Handler:
            self.by_kind[kind] = Binding(handler=handler)
            return handler

        return bind
