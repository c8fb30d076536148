"""Write XML from nested elements, every text escaped."""

from xml.etree.ElementTree import Element, indent, tostring

__all__ = ["Element", "document", "element", "wanted"]

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, *inside: Element | None, text: str = "") -> Element:
    """Make an element with what stands in it; what is None is left out."""
    made = Element(name)
    made.text = text or None
    made.extend([one for one in inside if one is not None])
    return made


def wanted(name: str, text: str) -> Element | None:
    """Make an element, or none where there is no text."""
    return element(name, text=text) if text else None


def document(root: Element) -> bytes:
    """Write a whole document, indented, in UTF-8."""
    indent(root)
    return DECLARATION + tostring(root, encoding="unicode").encode() + b"\n"
