"""Does a message stand on its own, or does it follow up on what is being talked about?"""

from data.civic.ids import IntentId
from data.civic.labels import Next
from data.civic.talk.messages import Turn

SHORT = 12
"""Characters up to which a message can be a mere follow-up."""

OWN_SUBSTANCE = 3
"""Characters besides the aspect's own words from which a message stands on its own."""


def is_follow_up(turn: Turn) -> bool:
    """Say whether the message asks on about the topic: an aspect, a place or a situation of it."""
    heard, topic = turn.understanding, turn.conversation.topic
    if topic is None or len(heard.text) > SHORT or _names_another(turn, topic.intent):
        return False
    if heard.aspect is not None or is_only_place(turn):
        return True
    guide = turn.release.guide_of(topic.intent)
    return guide is not None and guide.situation_in(turn.message.text) is not None


def is_only_place(turn: Turn) -> bool:
    """Say whether the message is nothing but the name of a place."""
    return turn.understanding.slots.place_alone


def _names_another(turn: Turn, topic: IntentId) -> bool:
    """Say whether the message surely speaks of a service other than the topic."""
    heard = turn.understanding
    if heard.intent is None or heard.intent == topic or heard.next is not Next.ANSWER:
        return False
    named = any(word in heard.text for word in _names(turn, heard.intent))
    return named or len(_substance(turn)) >= OWN_SUBSTANCE


def _substance(turn: Turn) -> str:
    """Tell what is left of a message without the words of its aspect and the small words."""
    text = turn.understanding.text
    rules = turn.release.rules
    asked = next((one for one in rules.aspects if one.aspect is turn.understanding.aspect), None)
    for pattern in sorted(asked.patterns if asked else (), key=len, reverse=True):
        text = text.replace(pattern, "")
    return "".join(one for one in text if one not in rules.replies.small_words)


def _names(turn: Turn, intent: IntentId) -> tuple[str, ...]:
    """List the words by which an intent's service is called."""
    known = turn.release.intents[intent]
    guide = turn.release.guide_of(intent)
    return (
        (known.title, guide.title, *guide.everyday)
        if guide
        else (known.title, *_halves(known.title))
    )


def _halves(title: str) -> tuple[str, ...]:
    """Take the first and the last two characters: what is left of a title in daily speech."""
    return (title[:2], title[-2:]) if len(title) >= 4 else ()
