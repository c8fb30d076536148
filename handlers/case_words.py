"""Put the state of an application into words."""

from data.civic.calendar import day_in_words, local
from data.civic.knowing.cases import Case
from data.civic.knowing.releases import Release
from data.civic.talk.messages import Say
from handlers.wording import say, written

FOUND = ("number", "title", "department", "changed", "due", "note", "phone")
"""The placeholders of a state's sentence."""


def in_words(release: Release, case: Case) -> Say:
    """Say where the application stands, since when, and whom to ask."""
    due = case.due_on
    changed = local(case.changed_at)
    return say(
        release,
        f"case_{case.state.value}",
        number=case.number,
        title=case.title,
        department=case.department,
        changed=f"{day_in_words(changed.date())} {changed:%H:%M}",
        due=written(release, "case_due", due=day_in_words(due)) if due else "",
        note=case.note,
        phone=case.phone,
    )
