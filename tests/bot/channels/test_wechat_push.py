"""What WeChat pushes is verified, opened and read, and everything else is refused."""

import base64
import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from multidict import MultiDict

from bot.accounts import WeChatService
from bot.channels.wechat_crypto import decrypt, encrypt
from bot.channels.wechat_message import message_of
from bot.channels.wechat_push import Freshness, Push, echo, open_push
from bot.channels.wechat_xml import fields
from data.civic.errors import BadInput, BadSignature
from data.civic.talk.messages import Message
from tests.bot.channels.given import (
    AES_KEY,
    NOW,
    OTHER_KEY,
    WeChatSide,
    decrypted,
    elements,
    encrypted,
    sealed,
    service,
    sha1,
    text_push,
)

PAYLOADS = Path(__file__).parents[2] / "payloads" / "wechat"
FRESH = Freshness(now=NOW, window=timedelta(seconds=600))
WECHAT = WeChatSide()
APP = "wx49f0ab532d5d035a"


def pushed_plain(body: bytes) -> Push:
    return open_push(service(mode="plain"), MultiDict(WECHAT.query()), body, FRESH)


def pushed_safe(encrypt: str, account: WeChatService | None = None) -> Push:
    query = MultiDict(WECHAT.safe_query(encrypt))
    return open_push(account or service(), query, WECHAT.envelope(encrypt), FRESH)


def facts(message: Message | None) -> object:
    if message is None:
        return None
    return {
        "id": message.id,
        "kind": message.kind.value,
        "text": message.text,
        "event": message.event,
    }


@pytest.mark.parametrize("name", sorted(one.stem for one in PAYLOADS.glob("*.xml")))
def test_a_recorded_push_becomes_the_same_message_in_both_modes(name: str) -> None:
    body = (PAYLOADS / f"{name}.xml").read_bytes()
    expected = json.loads((PAYLOADS / f"{name}.json").read_text())
    plain, safe = message_of(pushed_plain(body)), message_of(pushed_safe(encrypted(body)))
    assert facts(plain) == expected
    assert plain == safe
    assert plain is None or plain.sent_at == NOW


@pytest.mark.parametrize("name", sorted(one.stem for one in PAYLOADS.glob("refused/*.xml")))
def test_a_malformed_push_is_refused_in_both_modes(name: str) -> None:
    body = (PAYLOADS / "refused" / f"{name}.xml").read_bytes()
    with pytest.raises(BadInput):
        message_of(pushed_plain(body))
    with pytest.raises(BadInput):
        message_of(pushed_safe(encrypted(body)))


def test_the_documented_signature_is_accepted() -> None:
    account = service(token="AAAAA")
    query = MultiDict(
        signature="f464b24fc39322e44b38aa78f5edd27bd1441696",
        timestamp="1714036504",
        nonce="1514711492",
        echostr="4375120948345356249",
    )
    at = Freshness(now=NOW, window=timedelta(days=1000))
    assert echo(account, query, at) == "4375120948345356249"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"signature": ""}, id="empty"),
        pytest.param({"signature": "签名"}, id="not ascii"),
        pytest.param({"signature": "0" * 40}, id="another"),
        pytest.param({"nonce": "461056295"}, id="other nonce"),
        pytest.param({"timestamp": "1763740801"}, id="other time"),
    ],
)
def test_a_wrong_signature_proves_nothing(change: dict[str, str]) -> None:
    query = MultiDict(WECHAT.query(echostr="1") | change)
    with pytest.raises(BadSignature):
        echo(service(), query, FRESH)


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce", "echostr"])
def test_a_parameter_that_is_missing_or_repeated_is_refused(name: str) -> None:
    query = MultiDict(WECHAT.query(echostr="1"))
    twice = query.copy()
    twice.add(name, query[name])
    del query[name]
    for wrong in (query, twice):
        with pytest.raises(BadInput):
            echo(service(), wrong, FRESH)


@pytest.mark.parametrize("words", ["", "a b", "<b>\n", "x" * 129, "护照"])
def test_only_a_short_printable_word_is_echoed(words: str) -> None:
    with pytest.raises(BadInput):
        echo(service(), MultiDict(WECHAT.query(echostr=words)), FRESH)


@pytest.mark.parametrize("seconds", [-601, 601, -63072000])
def test_a_signature_outside_the_window_is_refused(seconds: int) -> None:
    late = WeChatSide(timestamp=str(int(NOW.timestamp()) + seconds))
    with pytest.raises(BadSignature):
        open_push(service(mode="plain"), MultiDict(late.query()), text_push(), FRESH)
    sealed_push = encrypted(text_push())
    with pytest.raises(BadSignature):
        open_push(
            service(),
            MultiDict(late.safe_query(sealed_push)),
            WECHAT.envelope(sealed_push),
            FRESH,
        )


def test_the_same_request_within_the_window_is_read_again() -> None:
    body = encrypted(text_push())
    assert message_of(pushed_safe(body)) == message_of(pushed_safe(body))


def test_in_safe_mode_only_the_signature_over_the_ciphertext_counts() -> None:
    body = encrypted(text_push())
    query = MultiDict(WECHAT.safe_query(body) | {"msg_signature": "0" * 40})
    with pytest.raises(BadSignature):
        open_push(service(), query, WECHAT.envelope(body), FRESH)
    query = MultiDict(WECHAT.safe_query(body) | {"signature": "0" * 40})
    assert open_push(service(), query, WECHAT.envelope(body), FRESH)


def test_an_account_in_safe_mode_takes_no_plaintext() -> None:
    with pytest.raises(BadSignature, match="plaintext"):
        open_push(service(), MultiDict(WECHAT.query()), text_push(), FRESH)
    signed = sha1(WECHAT.token, WECHAT.timestamp, WECHAT.nonce)
    query = MultiDict(WECHAT.query(encrypt_type="aes", msg_signature=signed))
    with pytest.raises(BadInput, match="Encrypt"):
        open_push(service(), query, text_push(), FRESH)


def test_an_account_in_plain_mode_says_when_wechat_encrypts() -> None:
    body = encrypted(text_push())
    with pytest.raises(BadInput, match="encrypted"):
        open_push(
            service(mode="plain"), MultiDict(WECHAT.safe_query(body)), WECHAT.envelope(body), FRESH
        )


def test_plain_fields_beside_the_ciphertext_are_not_read() -> None:
    body = encrypted(text_push("真的"))
    lie = text_push("假的").replace(b"</xml>", f"<Encrypt>{body}</Encrypt></xml>".encode())
    push = open_push(service(), MultiDict(WECHAT.safe_query(body)), lie, FRESH)
    assert push.fields["Content"] == "真的"


def test_json_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="XML"):
        pushed_plain(b'{"ToUserName": "gh_5a1f0c9d2b7e", "MsgType": "text"}')


def test_the_previous_key_is_still_read_while_keys_change() -> None:
    both = service(aes_keys=[AES_KEY, OTHER_KEY])
    push = pushed_safe(encrypted(text_push(), key=OTHER_KEY), both)
    assert push.fields["Content"] == "护照怎么办"
    with pytest.raises(BadInput):
        pushed_safe(encrypted(text_push(), key=OTHER_KEY))


def test_tencents_own_ciphertext_is_opened() -> None:
    """Source: wechatpy, tests/test_crypto.py, recorded from WeChat's debug tool in 2014."""
    published = (
        "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6I"
        "HCrsTyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTd"
        "aXpXaG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmU"
        "HzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGh"
        "cUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0="
    )
    assert sha1("123456", "1411525903", "461056294", published) == (
        "74d92dfeb87ba7c714f89d98870ae5eb62dff26d"
    )
    assert fields(decrypt(published, service()))["Content"] == "test"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("", id="empty"),
        pytest.param("%%%", id="no base64"),
        pytest.param(base64.b64encode(b"x" * 20).decode(), id="half a block"),
        pytest.param(encrypted(text_push(), app_id="wx0000000000000000"), id="another app"),
        pytest.param(encrypted(text_push(), app_id=""), id="no app"),
        pytest.param(encrypted(text_push(), length=2**32 - 1), id="length that lies"),
        pytest.param(encrypted(text_push(), length=5), id="length too short"),
        pytest.param(sealed(b"\x00" * 64), id="padding of 0"),
        pytest.param(sealed(b"\x21" * 64), id="padding of 33"),
        pytest.param(sealed(b"a" * 60 + b"\x01\x04\x04\x04"), id="padding that differs"),
        pytest.param(sealed(b"\x10" * 16), id="padding alone"),
        pytest.param(encrypted(b"\xff\xfe\xfd"), id="no utf-8"),
    ],
)
def test_a_ciphertext_that_is_not_for_us_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        pushed_safe(wrong)


def test_a_reply_in_safe_mode_is_opened_by_an_independent_reader() -> None:
    sent = elements(encrypt("<xml>你好</xml>", service(), nonce="n1", timestamp=1763740800))
    assert set(sent) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    assert decrypted(sent["Encrypt"]) == ("<xml>你好</xml>", APP)
    assert sent["MsgSignature"] == sha1("123456", "1763740800", "n1", sent["Encrypt"])


MUTATIONS = st.tuples(
    st.sampled_from(sorted(PAYLOADS.glob("**/*.xml"))),
    st.integers(0, 400),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=12), st.sampled_from([b"<", b"]]>", b"&a;", b"<MsgType>", b"\0"])),
)


@settings(max_examples=300, deadline=None)
@given(MUTATIONS)
def test_no_mutated_body_raises_anything_but_bad_input(
    mutation: tuple[Path, int, int, bytes],
) -> None:
    file, at, cut, put = mutation
    body = file.read_bytes()
    body = body[:at] + put + body[at + cut :]
    with suppress(BadInput):
        message_of(pushed_plain(body))
    with suppress(BadInput):
        message_of(pushed_safe(encrypted(body)))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)), st.text(max_size=80)
)
def test_no_envelope_raises_anything_but_bad_input(plain: bytes, word: str) -> None:
    padded = plain + b"\x01" * (-len(plain) % 16 or 16)
    for text in (word, sealed(padded), encrypted(plain)):
        with suppress(BadInput):
            message_of(pushed_safe(text.replace("]]>", "")))
