"""Read XML with suspicion: no document type, no entities, not too deep, not too much."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from data.civic.warning.verdicts import Reason, Unfit

LARGEST = 2 * 1024 * 1024
"""Bytes that a message may have: with the scan of its approval, a picture in base64."""
DEEPEST = 12
MOST_ELEMENTS = 5_000


@dataclass(slots=True)
class Node:
    """An element: its name without a namespace, its own text, and what is in it."""

    name: str
    namespace: str = ""
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """Give the elements of one name right below.

        Raises:
            Unfit: words stand outside of the elements, where nobody would read them.
        """
        if self.text.strip():
            raise unreadable(f"<{self.name}> holds words outside of its elements")
        return (one for one in self.children if one.name == name)

    def one(self, name: str) -> "Node | None":
        """Find the only element of one name right below; None if there is none.

        Raises:
            Unfit: there are several.
        """
        found = list(self.all(name))
        if len(found) > 1:
            raise unreadable(f"<{name}> stands {len(found)} times in <{self.name}>")
        return found[0] if found else None

    def say(self, name: str) -> str:
        """Tell the text of the only element of one name; empty if there is none.

        Raises:
            Unfit: there are several, or it holds elements: its words would be cut.
        """
        found = self.one(name)
        return found.words() if found else ""

    def texts(self, name: str) -> list[str]:
        """Tell the texts of all elements of one name, without the empty ones.

        Raises:
            Unfit: one holds elements.
        """
        return [text for one in self.all(name) if (text := one.words())]

    def words(self) -> str:
        """Tell its own text, and that it is all of it.

        Raises:
            Unfit: it holds elements: what stands in them would be cut out.
        """
        if self.children:
            inside = self.children[0].name
            raise unreadable(f"<{self.name}> holds <{inside}>: it must be plain text")
        return self.text.strip()

    def must(self, name: str) -> str:
        """Tell the text of an element that has to be there.

        Raises:
            Unfit: it is missing or empty.
        """
        if not (said := self.say(name)):
            raise unreadable(f"<{name}> is missing in <{self.name}>")
        return said


def parse(body: bytes, *, root: str) -> Node:
    """Read a document whose outermost element is `root`.

    Raises:
        Unfit: it is no well-formed XML in UTF-8, or is more than is taken.
    """
    if len(body) > LARGEST:
        raise unreadable(f"{len(body)} bytes: a message may have {LARGEST}")
    reader = _Reader()
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(body, True)  # noqa: FBT003  (expat takes it by position alone)
    except expat.ExpatError as error:
        raise unreadable(f"no well-formed XML in UTF-8 (line {error.lineno})") from None
    (top,) = reader.top.children
    if top.name != root:
        raise unreadable(f"the outermost element must be <{root}>")
    return top


def unreadable(what: str) -> Unfit:
    """Make the error of a message that cannot be read."""
    return Unfit(what, reason=Reason.UNREADABLE)


class _Reader:
    """Builds the tree."""

    def __init__(self) -> None:
        self.top = Node("")
        self._open = [self.top]
        self._count = 0

    def start(self, name: str, __: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > DEEPEST:
            raise unreadable(f"the XML is deeper than {DEEPEST} levels")
        if self._count > MOST_ELEMENTS:
            raise unreadable(f"the XML has more than {MOST_ELEMENTS} elements")
        namespace, _, local = name.rpartition(" ")
        node = Node(local, namespace)
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, _: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self._open[-1].text += text

    def doctype(self, *_: object) -> None:
        raise unreadable("a document type is not allowed")
