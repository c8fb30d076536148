"""Which desk answers what; refuses a release in which something would go unanswered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.civic.errors import Mistake, NotFound
from data.civic.ids import IntentId
from data.civic.knowing.releases import Intent, Release
from data.civic.labels import Kind
from handlers import (
    agreeing,
    arriving,
    calling,
    clarifying,
    drilled,
    duty_words,
    family,
    following_words,
    forms,
    going_back,
    informing_words,
    printed_code,
    received,
    relations,
    sending_words,
    standing,
    stranded,
    switchwords,
    useless,
    warning_words,
)
from handlers.acts import draft_upgrade, registered_words, see_ticket
from handlers.desk import Binding, Desk
from handlers.desks import (
    accounts,
    appeals,
    bundles,
    cases,
    danger,
    emergency_numbers,
    fixed,
    following,
    guides,
    handover,
    hazards,
    my_data,
    registering,
    safety_codes,
    shelters,
    tickets,
    warning_answers,
    warnings,
)

DESKS: tuple[Desk, ...] = (
    accounts.desk,
    appeals.desk,
    bundles.desk,
    cases.desk,
    danger.desk,
    emergency_numbers.desk,
    fixed.desk,
    guides.desk,
    handover.desk,
    hazards.desk,
    safety_codes.desk,
    shelters.desk,
    tickets.desk,
    warning_answers.desk,
    warnings.desk,
    following.desk,
    my_data.desk,
    registering.desk,
)

TELLING: tuple[Desk, ...] = (
    appeals.desk,
    danger.desk,
    emergency_numbers.desk,
    fixed.desk,
    following.desk,
    my_data.desk,
    registering.desk,
    safety_codes.desk,
    shelters.desk,
    warning_answers.desk,
    warnings.desk,
)
"""The desks that say the [answer] of an intent, alone or behind what they know themselves."""

DANGER = IntentId("danger")
"""No intent of the catalogue: what the switchboard asks for when a danger rule fires."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The bindings of all desks."""

    by_intent: Mapping[IntentId, Binding]
    by_kind: Mapping[Kind, Binding]
    words: Mapping[str, tuple[str, ...]]

    def binding(self, intent: Intent) -> Binding:
        """Find who answers an intent: its own handler, else that of its kind.

        Raises:
            NotFound: nobody does; `check` refuses such a release before it is served.
        """
        found = self.by_intent.get(intent.id) or self.by_kind.get(intent.kind)
        if found is None:
            raise NotFound(f"no desk answers {intent.id}: bind it in handlers/desks")
        return found

    def check(self, release: Release) -> tuple[Mistake, ...]:
        """List what would go unanswered: intents without desk, words not written as needed."""
        return (*self._unanswered(release), *self._unsaid(release))

    def _unanswered(self, release: Release) -> Iterator[Mistake]:
        for intent in release.intents.values():
            where = f"intents/{intent.id}.toml"
            if intent.id not in self.by_intent and intent.kind not in self.by_kind:
                yield Mistake(where=where, what=f"no desk answers the kind {intent.kind}")
            elif self.binding(intent).handler in _TELL and intent.answer is None:
                yield Mistake(where=where, what="nothing to say: write [answer]")

    def _unsaid(self, release: Release) -> Iterator[Mistake]:
        for key, placeholders in self.words.items():
            sentence = release.words.get(key)
            if sentence is None:
                yield Mistake(where="wording", what=f"[{key}] is missing")
            elif unknown := sentence.placeholders() - set(placeholders):
                names = ", ".join(sorted(unknown))
                yield Mistake(where="wording", what=f"[{key}] has no placeholder {{{names}}}")


def directory(desks: tuple[Desk, ...] = DESKS) -> Directory:
    """Put the desks' bindings together; slots that are needed bring their questions."""
    by_intent: dict[IntentId, Binding] = {}
    by_kind: dict[Kind, Binding] = {}
    words = {**clarifying.WORDS, **forms.WORDS, **switchwords.WORDS, **useless.WORDS}
    words |= {**see_ticket.WORDS, **informing_words.WORDS, **sending_words.WORDS}
    words |= {**duty_words.WORDS, **received.WORDS, **standing.WORDS, **warning_words.WORDS}
    words |= {**agreeing.WORDS, **family.WORDS, **relations.WORDS}
    words |= {**following_words.WORDS, **registered_words.WORDS, **printed_code.WORDS}
    words |= {**arriving.WORDS, **calling.WORDS, **drilled.WORDS, **going_back.WORDS}
    words |= stranded.WORDS
    words |= draft_upgrade.WORDS
    for desk in desks:
        by_intent |= desk.by_intent
        by_kind |= desk.by_kind
        words |= desk.words
    asked = {slot for binding in by_intent.values() for slot in binding.needs}
    words |= {forms.question_for(slot): ("hotline",) for slot in asked}
    return Directory(by_intent=by_intent, by_kind=by_kind, words=words)


_TELL = frozenset(
    binding.handler
    for desk in TELLING
    for binding in (*desk.by_intent.values(), *desk.by_kind.values())
)
