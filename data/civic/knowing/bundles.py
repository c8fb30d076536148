"""Life events: a few questions, then one merged list of what to bring and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.civic.ids import BundleId, GuideId
from data.civic.knowing.guides import Material, Standing
from data.civic.knowing.sentences import Sentence

Answers = Mapping[str, str]
"""Question id → option id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One possible answer to a question."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question that narrows a bundle."""

    id: str
    ask: Sentence
    options: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do within a bundle."""

    id: str
    title: str
    department: str
    step: int
    materials: tuple[str, ...]
    standing: Standing
    read: bool = False
    guide: GuideId | None = None
    days: int | None = None
    """Working days; 0: at once; None: not stated."""
    when: tuple[tuple[str, frozenset[str]], ...] = ()

    def asked_for(self, answers: Answers) -> bool:
        """Say whether it is needed after these answers; an open question keeps it."""
        return all(answers.get(question, "") in {*wanted, ""} for question, wanted in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A life event with everything that goes with it."""

    id: BundleId
    title: str
    department: str
    checked_on: date
    valid_until: date
    summary: Sentence
    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    materials: Mapping[str, Material]
    version: str = ""

    def next_question(self, answers: Answers) -> Question | None:
        """Find the first question that is open and still changes something."""
        return next(
            (q for q in self.questions if q.id not in answers and self._matters(q, answers)), None
        )

    def _matters(self, question: Question, answers: Answers) -> bool:
        return any(question.id in dict(item.when) for item in self.items if item.asked_for(answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What one citizen has to do and bring."""

    steps: tuple[tuple[Item, ...], ...]
    """In order; the items of one step go side by side."""
    materials: tuple[Material, ...]
    """Each once, in the order in which they are first needed."""
    days: int | None
    """The longest way through the steps, in working days; None: not stated for all."""

    @property
    def items(self) -> tuple[Item, ...]:
        """List all items in order."""
        return tuple(item for step in self.steps for item in step)


def checklist(bundle: Bundle, answers: Answers) -> Checklist:
    """Merge the items that the answers ask for."""
    needed = [item for item in bundle.items if item.asked_for(answers)]
    numbers = sorted({item.step for item in needed})
    steps = tuple(tuple(i for i in needed if i.step == number) for number in numbers)
    wanted = dict.fromkeys(key for step in steps for item in step for key in item.materials)
    return Checklist(
        steps=steps,
        materials=tuple(bundle.materials[key] for key in wanted),
        days=_longest(steps),
    )


def _longest(steps: tuple[tuple[Item, ...], ...]) -> int | None:
    total = 0
    for step in steps:
        days = [item.days for item in step if item.days is not None]
        if len(days) < len(step):
            return None
        total += max(days)
    return total
