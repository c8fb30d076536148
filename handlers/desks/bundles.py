"""Life events: ask what narrows them, then show one merged list."""

from dataclasses import replace

from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import IntentId
from data.civic.knowing.bundles import Bundle, Checklist, Item, Question, checklist
from data.civic.knowing.guides import Material, Standing
from data.civic.labels import Kind, Outcome
from data.civic.talk.conversations import Await, Awaited, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, said, say, written

desk = Desk(
    "bundles",
    words={
        "bundle_intro": ("title", "summary"),
        "bundle_list": ("title", "steps", "materials", "days", "hotline"),
        "bundle_step": ("number", "items"),
        "bundle_days": ("days",),
        "bundle_days_unknown": (),
        "bundle_expired": ("title", "hotline"),
        "to_check": (),
        "ask_first": ("hotline",),
        "electronic": ("electronic",),
    },
)


@desk.on_kind(Kind.BUNDLE)
async def answer_bundle(turn: Turn, office: Office) -> Reply:
    """Ask the next question that matters; when none is left, show the list."""
    intent = turn.release.intents[turn.understanding.intent or IntentId("")]
    bundle = turn.release.bundles.get(intent.bundle) if intent.bundle else None
    if bundle is None:
        raise NotFound(f"{intent.id} has no bundle: write bundles/{intent.id}.toml")
    if local(office.clock.now()).date() > bundle.valid_until:
        hotline = turn.release.rules.hotline
        words = say(turn.release, "bundle_expired", title=bundle.title, hotline=hotline)
        return reply(turn, Outcome.SIGNPOSTED, words)
    question = bundle.next_question(turn.answers)
    if question is None:
        return _show(turn, office, bundle, intent.id)
    return _ask(turn, bundle, intent.id, question)


def _ask(turn: Turn, bundle: Bundle, intent: IntentId, question: Question) -> Reply:
    known = {item.id for item in bundle.questions}
    given = tuple((slot, value) for slot, value in turn.answers.items() if slot in known)
    options = tuple(
        Option(label=answer.label, intent=intent, value=answer.id) for answer in question.options
    )
    awaited = Awaited(intent=intent, slot=question.id, options=options, answers=given)
    intro = () if given else (_intro(turn, bundle),)
    asked = reply(turn, Outcome.CLARIFYING, *intro, said(question.ask), Choices(options=options))
    return replace(asked, intent=intent, moves=(Await(awaited=awaited),))


def _intro(turn: Turn, bundle: Bundle) -> Say:
    full = say(turn.release, "bundle_intro", title=bundle.title, summary=bundle.summary.full)
    return Say(full=full.full, plain=bundle.summary.plain, spoken=bundle.summary.spoken)


def _show(turn: Turn, office: Office, bundle: Bundle, intent: IntentId) -> Reply:
    merged = checklist(bundle, turn.answers)
    words = say(
        turn.release,
        "bundle_list",
        title=bundle.title,
        steps=_steps(turn, office, merged),
        materials=_materials(turn, merged.materials),
        days=_days(turn, merged),
        hotline=turn.release.rules.hotline,
    )
    made = reply(turn, Outcome.ANSWERED, words)
    return replace(made, intent=intent, moves=(TalkOf(topic=Topic(intent=intent)),))


def _steps(turn: Turn, office: Office, merged: Checklist) -> str:
    lines = []
    for number, step in enumerate(merged.steps, start=1):
        items = "、".join(_named(turn, office, item) for item in step)
        lines.append(written(turn.release, "bundle_step", number=str(number), items=items))
    return "\n".join(lines)


def _named(turn: Turn, office: Office, item: Item) -> str:
    """Name an item, with a label where nobody has yet settled that it is so."""
    if item.standing is Standing.FACT and item.read:
        return item.title
    if office.production:
        hotline = turn.release.rules.hotline
        return f"{item.title}{written(turn.release, 'ask_first', hotline=hotline)}"
    return f"{item.title}{written(turn.release, 'to_check')}"


def _materials(turn: Turn, materials: tuple[Material, ...]) -> str:
    return "\n".join(
        f"{number}. {_material(turn, one)}" for number, one in enumerate(materials, start=1)
    )


def _material(turn: Turn, one: Material) -> str:
    paper = written(turn.release, "electronic", electronic=one.electronic) if one.electronic else ""
    return " ".join(part for part in (one.name, one.form, one.note, paper) if part)


def _days(turn: Turn, merged: Checklist) -> str:
    if merged.days is None:
        return written(turn.release, "bundle_days_unknown")
    return written(turn.release, "bundle_days", days=str(merged.days))
