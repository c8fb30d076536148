"""WeChat's XML: read a push with suspicion, write a reply that nothing can break out of.

Pushes are read here rather than by wechatpy, whose parser lets a document type, a repeated
element and 5,000 levels pass and gives every event the id 0.
"""

import re
from datetime import datetime
from xml.parsers import expat

from wechatpy.replies import TextReply

from data.civic.errors import BadInput

DEEPEST = 20
_ROOT = "xml"
_LIST = 3
"""The level at which lists stand."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids or advises against."""


def fields(text: str) -> dict[str, str]:
    """Read the elements right below the root `xml`: name → text, exactly as sent.

    Raises:
        BadInput: it is not well-formed, has a document type, repeats an element or is too deep.
    """
    return _read(text).found


def listed(text: str) -> list[dict[str, str]]:
    """Read every element `List` two levels below the root: name → text; raises as `fields`."""
    return _read(text).listed


def _read(text: str) -> "_Reader":
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(text, True)  # noqa: FBT003  (expat takes it by position alone)
    except expat.ExpatError as error:
        raise BadInput(f"the body is not well-formed XML (line {error.lineno})") from None
    return reader


class _Reader:
    """Gathers the text of the elements below the root, and of those in lists."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.listed: list[dict[str, str]] = []
        self._item = ""
        self._depth = 0
        self._name = ""

    def start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadInput(f"the XML is deeper than {DEEPEST} levels")
        if self._depth == 1 and name != _ROOT:
            raise BadInput(f"the XML's root must be {_ROOT}")
        if self._depth == 2:
            if name in self.found:
                raise BadInput("the XML repeats an element")
            self.found[name] = ""
            self._name = name
        self._list_start(name)

    def _list_start(self, name: str) -> None:
        if self._depth == _LIST and name == "List":
            self.listed.append({})
        self._item = name if self._depth == _LIST + 1 and self.listed else ""

    def end(self, _: str) -> None:
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._depth == 2:
            self.found[self._name] += text
        if self._depth == _LIST + 1 and self._item:
            self.listed[-1][self._item] = self.listed[-1].get(self._item, "") + text

    def doctype(self, *_: object) -> None:
        raise BadInput("a document type is not allowed")


def text_reply(text: str, *, sender: str, to: str, at: datetime) -> str:
    """Write a passive reply of type text."""
    safe = clean(text).replace("]]>", "]]]]><![CDATA[>")
    reply = TextReply(source=sender, target=to, content=safe, time=int(at.timestamp()))
    return str(reply.render())


def clean(text: str) -> str:
    """Leave out what XML and JSON cannot carry: control characters and lone surrogates."""
    return _ILLEGAL.sub("", text)
