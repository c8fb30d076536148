"""Draw QR codes: as SVG for pages and paper, as PNG for pages that take nothing else."""

from io import BytesIO

import segno

QUIET = 4
"""Modules that stay white around a code; scanners need them. Source: ISO/IEC 18004."""
LEVEL = "m"
"""Of error correction: 15 % of a code may be dirty or torn."""


def svg(text: str, *, title: str = "") -> str:
    """Draw as an element to stand in a page, as large as the page makes it."""
    drawn = segno.make(text, error=LEVEL, boost_error=False)
    return drawn.svg_inline(
        scale=1, border=QUIET, omitsize=True, light="#fff", title=title or None, svgclass="qr"
    )


def png(text: str, *, module: int = 6) -> bytes:
    """Draw as a picture; `module` in pixels."""
    drawn = BytesIO()
    code = segno.make(text, error=LEVEL, boost_error=False)
    code.save(drawn, kind="png", scale=module, border=QUIET)
    return drawn.getvalue()
