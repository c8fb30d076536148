"""Mistakes in a table that was sent, made ready for words: of which kind, and what it names.

The messages are written for the command line too; the page says each kind in its own words.
"""

import re
from collections.abc import Iterable

from bot.console.mistakes import Told
from data.civic.errors import Mistake

KINDS: tuple[tuple[str, str], ...] = (
    ("village_unknown", r"no village (.+): write"),
    ("village_several", r"several villages are called (.+): write"),
    ("village_foreign", r"outside the area \d+"),
    ("area_unknown", r"no town or village of \d+"),
    ("area_outside", r"no area of \d+"),
    ("empty", r"empty: every row|fill this in"),
    ("unknown_again", r"give an ID number"),
    ("name", r"no name$|a name has"),
    ("too_long", r"at most (\d+) characters"),
    ("rounded", r"Excel has rounded"),
    ("id_number", r"no ID number"),
    ("telephone", r"no telephone|a shelter needs a telephone"),
    ("shelter_name", r"a shelter has a name"),
    ("grid_without_village", r"which grid it is"),
    ("grid_unknown", r"the village has no grid (.+): set|there is no grid (\S+) here"),
    ("risk", r"no risk (.+): see"),
    ("radius", r".*(?:number of kilometres|is no radius)"),
    ("moment", r".*is no moment: write it like (\S+)"),
    ("capacity", r"a shelter holds 1 to (\d+) people"),
    ("write_one", r"(.+): write (\S+/\S+)$"),
    ("whole_number", r"(.+): write a whole number"),
    ("last_day", r".+: write the last day as (\S+)"),
    ("one_of", r"write one of (.+)"),
    ("yes_or_no", r"write (\S+) or (\S+)"),
    ("born", r"no year of birth"),
    ("day", r"no day: write it like (\S+)"),
    ("day_passed", r"the day has passed"),
    ("day_to_come", r"this day is still"),
    ("needs_last_day", r"who is added for a time"),
    ("proxy_name", r"whose number is it"),
    ("both_degrees", r"a place needs both"),
    ("degrees", r"no degrees|.*(?:longitude|latitude|degrees)"),
    ("same_person", r"the same person as in (.+)"),
    ("elsewhere", r"this person is on the roster of another area"),
    ("worker_id", r"an id has 2 to 40"),
    ("account", r"there is no such account"),
    ("worker_foreign", r"a worker of another area"),
    ("shelter_foreign", r"a shelter of another area"),
    ("deputy", r"no other worker has this id"),
    ("worker_twice", r"worker (\S+) stands twice"),
    ("grid_twice", r"grid (\S+) stands twice"),
    ("twice", r"(\S+) stands twice"),
    ("gap", r"from (\S+ \S+) UTC nobody would answer for grid (\S+)"),
    ("heading_twice", r"(.+): another column says the same"),
    ("headings", r"no row has the headings (.+): see|the first row lacks the headings (.+)"),
    ("formula", r"a formula"),
    ("merged", r"(\S+): merged cells"),
    ("odd_character", r"a character that cannot be shown"),
    ("nobody", r"no (?:person|worker|shelter|position) stands under|nothing stands in it"),
    ("too_many", r"more than (\d+) (?:people|rows)"),
    ("too_large", r"\d+ MB: a|unpacks to more than"),
    ("old_excel", r"an \.xls file"),
    ("no_table", r"no \.xlsx file|no table: save|cannot be read"),
    ("quotation", r"row (\d+) cannot be read"),
    ("encoding", r"neither UTF-8 nor GBK"),
    ("left_out", r"columns left out: (.+)"),
    ("gbk", r"read as GBK"),
)
"""Kind → how its message begins; the first that fits counts."""


def told(mistakes: Iterable[Mistake]) -> tuple[Told, ...]:
    """Tell of which kind each mistake is, and what it names."""
    return tuple(_told(one) for one in mistakes)


def notices(said: Iterable[str]) -> tuple[Told, ...]:
    """Tell of which kind each notice on a whole file is."""
    return told(Mistake(where="", what=one) for one in said)


def _told(mistake: Mistake) -> Told:
    for kind, pattern in KINDS:
        if found := re.match(pattern, mistake.what):
            named = tuple(one for one in found.groups() if one)
            return _of(mistake, kind, named)
    return _of(mistake, "other", ())


def _of(mistake: Mistake, kind: str, named: tuple[str, ...]) -> Told:
    return Told(path=mistake.where, line=None, kind=kind, named=named, words=mistake.what)
