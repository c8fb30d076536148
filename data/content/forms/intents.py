"""The form of an intent."""

from typing import Any

from data.content.forms.form import Filled, Form, Sort, table_of
from data.content.writing import Table

TOPIC = Form(
    fields={
        "id": Sort.TEXT,
        "label": Sort.TEXT,
        "heard": Sort.LINES,
        "full": Sort.TEXT,
        "plain": Sort.TEXT,
        "spoken": Sort.TEXT,
    }
)

INTENT = Form(
    fields={
        "id": Sort.KEPT,
        "title": Sort.TEXT,
        "kind": Sort.TEXT,
        "traffic": Sort.TEXT,
        "department": Sort.TEXT,
        "scope": Sort.TEXT,
        "guide": Sort.TEXT,
        "bundle": Sort.TEXT,
        "examples": Sort.LINES,
        "answer.full": Sort.TEXT,
        "answer.plain": Sort.TEXT,
        "answer.spoken": Sort.TEXT,
        "answer.choices": Sort.LINES,
    },
    rows={"answer.topics": TOPIC},
)


def path_of(intent: str) -> str:
    """Tell the file of an intent."""
    return f"intents/{intent}.toml"


def intent_table(given: Filled, *, onto: Table) -> dict[str, Any]:
    """Make the table of an intent from its form; `onto` holds the id."""
    return table_of(INTENT, given, onto=onto)
