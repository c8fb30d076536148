"""Why somebody looks at people or changes their entries: asked for, kept in the audit log."""

from data.civic.errors import BadInput
from data.civic.privacy import mask

SHORTEST, LONGEST = 2, 100


def purpose_in(text: str) -> str:
    """Read a purpose; numbers of people are masked, for it is kept for ever.

    Raises:
        BadInput: none is given, or it is longer than a purpose.
    """
    purpose = mask(" ".join(text.split()))
    if len(purpose) < SHORTEST:
        raise BadInput("say for what purpose: it stands in the log that the person may read")
    if len(purpose) > LONGEST:
        raise BadInput(f"a purpose has at most {LONGEST} characters")
    return purpose
