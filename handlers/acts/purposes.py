"""Why somebody looks at people or changes their entries: asked for, kept in the audit log."""

from data.civic.errors import BadInput
from data.civic.privacy import mask

SHORTEST, LONGEST = 2, 100


def purpose_in(text: str) -> str:
    """Read a purpose; numbers of people are masked, for it is kept for ever.

    Raises:
        BadInput: none is given, or it is shorter or longer than a purpose.
    """
    purpose = mask(" ".join(text.split()))
    if not SHORTEST <= len(purpose) <= LONGEST:
        raise BadInput(
            f"say for what purpose, in {SHORTEST} to {LONGEST} characters: "
            "it stands in the log that the person may read"
        )
    return purpose
