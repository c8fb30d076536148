"""Every act that is noted in the audit log has words for staff."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from data.civic.knowing.trials import TrialKind
from data.civic.safety.appeals import Outcome
from data.civic.safety.codes import CodeKind
from data.civic.safety.marks import MarkKind
from data.civic.safety.relief import Booked
from data.civic.safety.scans import Way
from data.civic.safety.shelters import ShelterState
from data.civic.safety.whereabouts import Stage
from data.civic.talk.groups import GroupState
from data.civic.warning.verdicts import Verdict
from data.content.bulk.lines import Kind
from tests.house.tree import lines, nodes, python

LABELS = "bot/console/templates/acts.html"
ACT = re.compile(r"[a-z_]+(\.[a-z_]+)+")
NOTING = frozenset({"note", "note_look", "Deed"})
PLACE = 2
"""Which argument of `note` is the act."""

_SEEN = tuple(one for one in Stage if one not in (Stage.LISTED, Stage.RETURN_RELEASED))
"""What somebody records; the others follow from orders."""
_PRINTED = tuple(one.name.lower() for one in CodeKind if one.printed)
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "appeal.{outcome}": tuple(Outcome),
    "bulk.{kind}": tuple(Kind),
    "code.{done}.{codes.readable(wish.kind)}": tuple(
        f"{done}.{kind}" for done in ("issue", "print") for kind in _PRINTED
    ),
    "mark.{kind}": tuple(MarkKind),
    "questions.{state}": tuple(GroupState),
    "relief.{made.kind}": tuple(Booked),
    "shelter.{to}": tuple(ShelterState),
    "stay.{scan.way}": tuple(Way),
    "trial.{sent.kind}": tuple(TrialKind),
    "warning.{judgement.verdict}": tuple(Verdict),
    "whereabouts.{said.stage}": _SEEN,
    "whereabouts.{step.stage}": _SEEN,
}
"""Acts whose last word is a value: which values it may be."""


def labelled() -> set[str]:
    return set(re.findall(r'^  "([^"]+)": "', "\n".join(lines(LABELS)), re.MULTILINE))


def noted(path: str) -> set[str]:
    """Find the acts that a file notes: written out, chosen before, or made of a value."""
    calls = [one for one in nodes(path, ast.Call) if getattr(one.func, "id", "") in NOTING]
    if not calls:
        return set()
    found = {act for call in calls for act in _told(call.args[PLACE:][:1])}
    written = (one.value for one in nodes(path, ast.Constant) if isinstance(one.value, str))
    return found | {one for one in written if ACT.fullmatch(one)}


def _told(given: list[ast.expr]) -> Iterator[str]:
    for one in given:
        if isinstance(one, ast.Constant):
            yield str(one.value)
        if isinstance(one, ast.JoinedStr):
            pattern = ast.unparse(one)[2:-1]
            assert pattern in FAMILIES, f"{pattern}: say in FAMILIES what it may be"
            yield from (f"{pattern.partition('.')[0]}.{last}" for last in FAMILIES[pattern])


@pytest.mark.parametrize("path", python("bot", "handlers"))
def test_what_a_file_notes_in_the_audit_log_has_words(path: str) -> None:
    assert noted(path) - labelled() == set(), f"give them words in {LABELS}"


def test_no_words_are_left_of_what_nobody_notes() -> None:
    everything = {act for path in python("bot", "handlers") for act in noted(path)}
    assert labelled() - everything == set()
