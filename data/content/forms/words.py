"""The forms of a sentence, a source, and the numbers of the rules."""

from data.content.forms.form import Form, Sort

SENTENCE = Form(fields={"full": Sort.TEXT, "plain": Sort.TEXT, "spoken": Sort.TEXT})

SOURCE = Form(
    fields={
        "name": Sort.TEXT,
        "issuer": Sort.TEXT,
        "number": Sort.TEXT,
        "date": Sort.DAY,
        "where": Sort.TEXT,
        "url": Sort.TEXT,
        "read_on": Sort.DAY,
    }
)

THRESHOLDS = Form(
    fields={
        "answer_score": Sort.NUMBER,
        "answer_margin": Sort.NUMBER,
        "clarify_score": Sort.NUMBER,
        "narrow": Sort.NUMBER,
        "temperature": Sort.NUMBER,
    }
)

LIMITS = Form(
    fields={
        "hotline": Sort.TEXT,
        "text_chars": Sort.NUMBER,
        "messages_a_minute": Sort.NUMBER,
        "status_guesses": Sort.NUMBER,
        "status_window_minutes": Sort.NUMBER,
        "human_returns_after_minutes": Sort.NUMBER,
        "called_again_after_minutes": Sort.NUMBER,
    }
)

DANGER = Form(
    fields={
        "id": Sort.KEPT,
        "patterns": Sort.LINES,
        "emergency": Sort.LINES,
        "examples": Sort.LINES,
    }
)

LOOK_ALIKE = Form(fields={"id": Sort.KEPT, "patterns": Sort.LINES, "examples": Sort.LINES})
