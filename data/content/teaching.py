"""Put what staff teach into the files of a release: examples, what is not ours, a new intent."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.civic.ids import GuideId, IntentId
from data.civic.knowing.likeness import flat
from data.civic.labels import Kind
from data.content.forms.intents import path_of
from data.content.writing import lines_as_file, toml_of

NOT_OURS = "other/console.txt"
"""What the console adds to what is not ours."""
OTHER = "other/"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIntent:
    """An intent that staff make: answered by a guide that stands, or by words of its own."""

    id: IntentId
    title: str
    department: str
    guide: GuideId | None = None
    full: str = ""
    plain: str = ""
    spoken: str = ""

    def table(self, examples: Sequence[str]) -> dict[str, Any]:
        """Make the table of its file."""
        kind = Kind.GUIDE if self.guide else Kind.TALK
        head = {"id": self.id, "title": self.title, "kind": kind.value, "traffic": "mid"}
        body = {"department": self.department, "scope": self.title}
        if self.guide:
            return {**head, **body, "guide": self.guide, "examples": list(examples)}
        words = {"full": self.full, "plain": self.plain, "spoken": self.spoken}
        answer = {key: said for key, said in words.items() if said}
        own = {"answer": answer} if answer else {}
        return {**head, **body, "examples": list(examples), **own}


def taught(files: Files, intent: IntentId, examples: Sequence[str]) -> dict[str, bytes]:
    """Add examples to an intent; what stands there already, but for marks, is not added.

    They are taken out of what is not ours. Gives the files that change: none, if nothing is new.
    """
    path = path_of(intent)
    table = tomllib.loads(files[path].decode("utf-8-sig"))
    known = {flat(one) for one in table["examples"]}
    new = [one for one in examples if flat(one) not in known]
    changed = without(files, examples)
    if new:
        table["examples"] = [*table["examples"], *new]
        changed[path] = toml_of(table, before=files[path])
    return changed


def made(files: Files, new: NewIntent, examples: Sequence[str]) -> dict[str, bytes]:
    """Add an intent. Gives the files that change."""
    return {**without(files, examples), path_of(new.id): toml_of(new.table(examples))}


def not_ours(files: Files, sentences: Sequence[str]) -> dict[str, bytes]:
    """Add to what is not ours. Gives the file that changes: none, if nothing is new."""
    known = {
        flat(line)
        for path, text in files.items()
        if path.startswith(OTHER)
        for line in text.decode("utf-8-sig").splitlines()
    }
    new = [one for one in sentences if flat(one) not in known]
    before = files.get(NOT_OURS, b"").decode("utf-8-sig").splitlines()
    return {NOT_OURS: lines_as_file([*before, *new])} if new else {}


def without(files: Files, sentences: Collection[str]) -> dict[str, bytes]:
    """Take sentences out of what is not ours: they now are. Gives the files that change."""
    gone, changed = {flat(one) for one in sentences}, dict[str, bytes]()
    for path, text in files.items():
        if path.startswith(OTHER) and path.endswith(".txt"):
            lines = text.decode("utf-8-sig").splitlines()
            kept = [line for line in lines if line.startswith("#") or flat(line) not in gone]
            if len(kept) < len(lines):
                changed[path] = lines_as_file(kept)
    return changed
