"""Foresee which questions would be answered otherwise by a draft than by what is served."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.guides import ELEMENT_OF, Guide
from data.civic.knowing.likeness import flat
from data.civic.knowing.releases import Release
from data.civic.labels import Aspect, Next
from handlers.office import Office

TOGETHER = 100
"""Questions that are compared at a stretch, some hundredths of a second, off the event loop."""

RIGHT = 3
"""The rank of a right answer."""

ANSWERED = frozenset({Next.ANSWER, Next.DANGER})


class Origin(StrEnum):
    """Where a question comes from."""

    LOGGED = "logged"
    """A citizen asked it; nobody has said what is right."""
    GOLDEN = "golden"
    HELD_OUT = "held_out"


class Turned(StrEnum):
    """What became of an answer."""

    WORSE = "worse"
    """It was right, or at least not wrong, and no longer is."""
    BETTER = "better"
    OTHER = "other"
    """It is another one: what is right nobody has said, or both are equally wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that is asked of both; with what is right, where it is known."""

    text: str = field(repr=False)
    origin: Origin
    intent: IntentId | None = None
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a question is answered."""

    next: Next
    intent: IntentId | None
    """Of danger the rule that heard it."""
    aspect: Aspect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question that would be answered otherwise."""

    asked: Asked
    before: Answer
    after: Answer
    turned: Turned
    words_alone: bool
    """The same matter is told in other words."""
    taught: bool
    """It is one of the sentences that the draft teaches: this change is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would change, and whether what is taught is learnt."""

    looked_at: int
    lessons: int = 0
    """How many sentences the draft teaches."""
    unlearnt: tuple[Change, ...] = ()
    """Those of them that would still not be answered as they are taught."""
    changes: tuple[Change, ...]
    """The worse first, then the better, then the others; in each the citizens' own last."""

    @property
    def meant(self) -> tuple[Change, ...]:
        """List the changes of what is taught."""
        return tuple(one for one in self.changes if one.taught)

    def turned(self, turned: Turned) -> tuple[Change, ...]:
        """List what became so without being taught."""
        return tuple(one for one in self.changes if one.turned is turned and not one.taught)


Report = Callable[[float], None]


async def foresee(
    before: Office, after: Office, questions: Sequence[Asked], *, report: Report | None = None
) -> Foreseen:
    """Ask both every question, and tell which answers differ in matter, aspect or words.

    Two seconds for thousands, off the event loop; `report` is told how far it is, 0 to 1. Small
    differences between what would be searched or refused are none: the citizen sees the same.
    """
    comparing = _Comparing(before, after)
    found: list[Change] = []
    for start in range(0, len(questions), TOGETHER):
        some = questions[start : start + TOGETHER]
        found += await asyncio.to_thread(comparing.changes, some)
        if report is not None:
            report(min(1.0, (start + TOGETHER) / len(questions)))
    found.sort(key=lambda one: (_RANKED[one.turned], one.asked.origin is Origin.LOGGED))
    lessons = _lessons(before.release, after.release)
    unlearnt = await asyncio.to_thread(comparing.unlearnt, lessons)
    return Foreseen(
        looked_at=len(questions), changes=tuple(found), lessons=len(lessons), unlearnt=unlearnt
    )


_RANKED = {Turned.WORSE: 0, Turned.BETTER: 1, Turned.OTHER: 2}


class _Comparing:
    """Compares two offices; what both say to an intent and aspect is compared once."""

    def __init__(self, before: Office, after: Office) -> None:
        self._before, self._after = before, after
        self._same: dict[tuple[IntentId, Aspect | None], bool] = {}
        self._taught = {flat(one.text) for one in _lessons(before.release, after.release)}

    def changes(self, questions: Sequence[Asked]) -> list[Change]:
        """List what changes of some questions."""
        return [*self._changes(questions)]

    def unlearnt(self, lessons: Sequence[Asked]) -> tuple[Change, ...]:
        """List the sentences that would not be answered as they are taught."""
        made = ((one, _answer(self._before, one.text)) for one in lessons)
        asked = ((one, was, _answer(self._after, one.text)) for one, was in made)
        return tuple(
            Change(
                asked=one,
                before=was,
                after=will_be,
                turned=_turned(one, was, will_be),
                words_alone=was == will_be,
                taught=True,
            )
            for one, was, will_be in asked
            if _rightness(one, will_be) < RIGHT
        )

    def _changes(self, questions: Sequence[Asked]) -> Iterator[Change]:
        for asked in questions:
            before, after = _answer(self._before, asked.text), _answer(self._after, asked.text)
            words_alone = before == after
            if not words_alone or not self._says_the_same(after):
                yield Change(
                    asked=asked,
                    before=before,
                    after=after,
                    turned=_turned(asked, before, after),
                    words_alone=words_alone,
                    taught=flat(asked.text) in self._taught,
                )

    def _says_the_same(self, answer: Answer) -> bool:
        if answer.next not in ANSWERED or answer.intent is None:
            return True
        key = (answer.intent, answer.aspect)
        if key not in self._same:
            told = (_told(one.release, *key) for one in (self._before, self._after))
            self._same[key] = next(told) == next(told)
        return self._same[key]


def _answer(office: Office, text: str) -> Answer:
    """Tell what a citizen would be told; a guess that nobody is told of is none."""
    heard = office.ear.understand(text)
    match heard.next:
        case Next.ANSWER:
            return Answer(next=heard.next, intent=heard.intent, aspect=heard.aspect)
        case Next.CLARIFY:
            return Answer(next=heard.next, intent=heard.intent, aspect=None)
        case Next.DANGER:
            return Answer(next=heard.next, intent=IntentId(heard.danger or ""), aspect=None)
        case Next.SEARCH | Next.REFUSE:
            return Answer(next=heard.next, intent=None, aspect=None)
        case _:
            assert_never(heard.next)


def _told(release: Release, intent: IntentId, aspect: Aspect | None) -> object:
    """Tell from what an intent is answered: what is equal, is said in the same words."""
    known = release.intents.get(intent)
    if known is None:
        return None
    guide = release.guide_of(intent)
    bundle = release.bundles.get(known.bundle) if known.bundle else None
    own = known.answer if guide is None else _of_guide(guide, aspect)
    return (known.kind, known.guide, known.bundle, own, bundle)


def _of_guide(guide: Guide, aspect: Aspect | None) -> object:
    parts = [guide.elements, *(one.elements for one in guide.situations)]
    parts += [one.elements for one in guide.variants]
    if aspect is None:
        return (guide.title, guide.summary, [dict(part) for part in parts])
    return (guide.title, [part.get(ELEMENT_OF[aspect]) for part in parts])


def _lessons(before: Release, after: Release) -> list[Asked]:
    """List the sentences that the draft teaches, with what they are taught as."""
    known = {(flat(text), intent) for text, intent in _learnt(before)}
    return [
        Asked(text=text, origin=Origin.LOGGED, intent=intent)
        for text, intent in _learnt(after)
        if (flat(text), intent) not in known
    ]


def _learnt(release: Release) -> Iterator[tuple[str, IntentId]]:
    yield from ((text, NOT_OURS) for text in release.other)
    for intent in release.intents.values():
        yield from ((text, intent.id) for text in intent.examples)


def _turned(asked: Asked, before: Answer, after: Answer) -> Turned:
    if asked.intent is None:
        return Turned.OTHER
    was, will_be = _rightness(asked, before), _rightness(asked, after)
    if was == will_be:
        return Turned.OTHER
    return Turned.WORSE if will_be < was else Turned.BETTER


def _rightness(asked: Asked, answer: Answer) -> int:
    """Rank an answer: 0 a wrong one, 1 none, 2 offered among choices, 3 the right one."""
    if asked.intent == NOT_OURS:
        return {Next.REFUSE: RIGHT, Next.SEARCH: RIGHT, Next.CLARIFY: 1}.get(answer.next, 0)
    if answer.next in (Next.REFUSE, Next.SEARCH):
        return 1
    if answer.next is Next.DANGER:
        return RIGHT
    hit = answer.intent == asked.intent
    if answer.next is Next.CLARIFY:
        return 2 if hit else 1
    golden = asked.origin is Origin.GOLDEN
    return RIGHT if hit and (not golden or answer.aspect == asked.aspect) else 0
