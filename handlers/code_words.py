"""Words about a citizen's own code: where it is shown, the digits to read aloud, what to do."""

from collections.abc import Mapping

from data.civic.knowing.releases import Release
from data.civic.privacy import mask_name
from data.civic.talk.messages import Say
from handlers.acts.my_code import MyCode
from handlers.wording import say

WORDS: Mapping[str, tuple[str, ...]] = {
    "code_shown": ("name", "digits", "hotline"),
    "code_none": ("hotline",),
}


def shown_words(release: Release, one: MyCode) -> Say:
    """Tell one code in words: whose it is, its digits, where the picture is."""
    name, hotline = mask_name(one.person.name), release.rules.hotline
    return say(release, "code_shown", name=name, digits=one.digits, hotline=hotline)


def no_code_words(release: Release) -> Say:
    """Tell what to do where nobody is registered."""
    return say(release, "code_none", hotline=release.rules.hotline)
