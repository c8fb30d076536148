"""Codes are read back as old telephones see them: small, tilted, photocopied."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from bot import qr
from data.civic.safety.codes import LARGEST_HANDLE, Code, CodeKind, pack
from tests import builders

SEAL = builders.seal()
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def text(handle: int = 0x0123456789ABCDEF, kind: CodeKind = CodeKind.SHEET) -> str:
    whole = Code(key=7, handle=handle, kind=kind, issued=NOW, expires=NOW + timedelta(days=365))
    return pack(whole, lambda packed: SEAL.sign_code(packed, salt="salt"))


def drawn(of: str, module: int) -> Image.Image:
    return Image.open(BytesIO(qr.png(of, module=module))).convert("L")


def seen(picture: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def photocopied(picture: Image.Image) -> Image.Image:
    """Blur, grey, grain and specks, as of a copy of a copy."""
    chance = np.random.default_rng(3)
    grey = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)), dtype=float) * 0.6 + 60
    grey += chance.normal(0, 8, grey.shape)
    grey[chance.random(grey.shape) < 0.002] = 0
    return Image.fromarray(grey.clip(0, 255).astype("uint8"))


@settings(max_examples=20, deadline=None)
@given(handle=st.integers(1, LARGEST_HANDLE), kind=st.sampled_from(CodeKind))
def test_a_code_is_read_at_two_pixels_a_module(handle: int, kind: CodeKind) -> None:
    assert seen(drawn(text(handle, kind), 2)) == [text(handle, kind)]


@settings(max_examples=20, deadline=None)
@given(handle=st.integers(1, LARGEST_HANDLE), angle=st.sampled_from([12, -12]))
def test_a_code_is_read_when_it_is_tilted(handle: int, angle: int) -> None:
    tilted = drawn(text(handle), 2).rotate(
        angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    assert seen(tilted) == [text(handle)]


@settings(max_examples=20, deadline=None)
@given(handle=st.integers(1, LARGEST_HANDLE))
def test_a_code_is_read_after_a_photocopy(handle: int) -> None:
    assert seen(photocopied(drawn(text(handle), 4))) == [text(handle)]
    tilted = drawn(text(handle), 4).rotate(12, expand=True, fillcolor=255)
    assert seen(photocopied(tilted)) == [text(handle)]


def test_the_quiet_zone_is_four_modules_and_the_code_41_wide() -> None:
    assert drawn(text(), 1).size == (41 + 8, 41 + 8)
    assert np.asarray(drawn(text(), 1))[:4].min() == 255


def test_the_drawing_in_a_page_has_no_style_of_its_own() -> None:
    """The console's content security policy allows none."""
    drawing = qr.svg(text())
    assert 'viewBox="0 0 49 49"' in drawing
    assert not re.search(r"style=|<script|<\?xml", drawing)


@pytest.mark.parametrize("lost", [0.03, 0.05])
def test_a_dirty_code_is_still_read(lost: float) -> None:
    picture = np.array(drawn(text(), 4))
    side = int((picture.size * lost) ** 0.5)
    picture[90 : 90 + side, 90 : 90 + side] = 0
    assert seen(Image.fromarray(picture)) == [text()]
