"""The XML of WeChat: flat elements in, flat elements and lists out."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from data.civic.errors import BadInput

Lists = dict[str, Sequence[dict[str, str]]]
"""Element → the things that are listed in it, each as `List`."""


def write(fields: dict[str, str], lists: Lists | None = None) -> str:
    """Write a push; numbers stand bare, everything else as CDATA, as WeChat writes it."""
    listed = [
        f"<{name}>" + "".join(f"<List>{_flat(one)}</List>" for one in things) + f"</{name}>"
        for name, things in (lists or {}).items()
    ]
    return "<xml>" + _flat(fields) + "".join(listed) + "</xml>"


def read(text: str) -> dict[str, str]:
    """Read a reply's top elements; of repeated elements WeChat takes none.

    Raises:
        BadInput: it is no XML, has a document type, or an element stands twice.
    """
    if "<!DOCTYPE" in text.upper():
        raise BadInput("a reply must not have a document type")
    try:
        root = Xml.fromstring(text)  # noqa: S314 - our own backend's reply, without document type
    except Xml.ParseError as error:
        raise BadInput(f"the reply is no XML: {error}") from error
    fields = {child.tag: (child.text or "").strip() for child in root}
    if root.tag != "xml" or len(fields) != len(root):
        raise BadInput("the reply is not one <xml> with each element once")
    return fields


def _flat(fields: dict[str, str]) -> str:
    return "".join(f"<{name}>{_value(name, value)}</{name}>" for name, value in fields.items())


def _value(name: str, value: str) -> str:
    if name in ("CreateTime", "MsgId"):
        return value
    return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>"
