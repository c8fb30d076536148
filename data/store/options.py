"""A thing to pick as a document: within a reply, and within what is awaited."""

from data.civic.labels import Aspect
from data.civic.talk.conversations import Option
from data.store.collection import Document


def option_to_document(option: Option) -> Document:
    """Write one thing to pick."""
    return {
        "label": option.label,
        "intent": option.intent,
        "aspect": option.aspect and option.aspect.value,
        "value": option.value,
    }


def option_from_document(document: Document) -> Option:
    """Read one thing to pick."""
    aspect = document["aspect"]
    return Option(
        label=document["label"],
        intent=document["intent"],
        aspect=Aspect(aspect) if aspect else None,
        value=document["value"],
    )
