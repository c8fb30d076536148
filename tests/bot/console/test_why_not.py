"""Every "no" of the ledger has words that staff understand."""

import pytest
from jinja2 import Environment, FileSystemLoader

from bot.console.show import HERE
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import GATEWAY, Reaction


def words(error: str) -> str:
    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    template = made.from_string("{% import 'why_not.html' as w %}{{ w.why_not(error) }}")
    return template.render(error=error)


LASTING = [code for code, what in GATEWAY.items() if what is not Reaction.AGAIN]


@pytest.mark.parametrize("code", [*(one.value for one in WhyNot), *LASTING, "43101", "45015"])
def test_every_reason_has_words(code: str) -> None:
    said = words(code)
    assert said
    assert code not in said


def test_a_field_is_named_beside_the_words() -> None:
    said = words("bad_field time3 does not take a text of this form")
    assert "模板栏目" in said
    assert "time3" in said


def test_pitfall_24_a_field_that_the_platform_refuses_is_named_beside_the_words() -> None:
    path = "/cgi-bin/message/subscribe/send"
    said = words(f"WeChat {path} answered errcode 47003, rid 6-1, field thing3")
    assert "平台没有收下" in said
    assert "field thing3" in said


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert "48001" in words("48001")
