"""Small tables of forms, and automata over them, for tests of variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moderation.match import dialect
from moderation.match.automaton import Automaton
from moderation.match.compiled import Source
from moderation.match.dialect import Dialect
from moderation.match.forms import Form, Forms, Table
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import parse

KINDS = (
    '"dialect", "digit", "emoji", "homophone", "letter", "look-alike", "pinyin", "reversed", "separator", "slang", '
    '"split", "traditional"'
)
HEADER = '+++\nid = "{id}"\ntitle = "x"\nvariants = [{kinds}]\nowner = "x"\nlicence = "x"\n[sources]\ns = "x"\n+++\n'
DIALECT = '+++\nid = "dialect/{id}"\ntitle = "x"\nowner = "x"\nlicence = "x"\n[sources]\ns = "x"\n+++\n'


def table(**kinds: Mapping[str, Mapping[str, float]]) -> Table:
    """Return a table of forms; a kind with a dash is written with an underscore."""
    return {
        kind.replace("_", "-"): {
            spelling: tuple(Form(text, weight) for text, weight in forms.items()) for spelling, forms in of_kind.items()
        }
        for kind, of_kind in kinds.items()
    }


CHARACTERS = table(
    traditional={"赚": {"賺": 0.97}, "稳": {"穩": 0.9}, "发": {"發": 0.9, "髮": 0.6}, "没": {"沒": 0.9}},
    homophone={"微": {"薇": 0.9, "徽": 0.8}, "赔": {"陪": 0.8, "棓": 0.7}, "赌": {"堵": 0.7}, "信": {"芯": 0.75}},
    look_alike={"微": {"徽": 0.85}, "第": {"苐": 0.9, "弟": 0.6}},
    split={"好": {"女子": 0.7}, "赌": {"贝者": 0.8}},
    letter={"加": {"+": 0.9}, "微": {"v": 0.95}},
    digit={"一": {"壹": 0.94, "1": 0.81}, "0": {"o": 0.98, "零": 0.8}},
    pinyin={"赌": {"du": 0.8}, "博": {"bo": 0.8}, "彩": {"cai": 0.8}, "票": {"piao": 0.8}},
    emoji={"马": {"🐎": 0.9}},
)
WORDS = table(
    homophone={"加微": {"加威": 0.78}},
    letter={"第一": {"no.1": 0.9}},
    slang={"代开": {"代幵": 0.7}},
    emoji={"手枪": {"🔫": 0.6}},
    digit={"百分百": {"100%": 0.9}},
)
FORMS = Forms(CHARACTERS, WORDS)
SICHUAN = dialect.parse(
    (DIALECT.format(id="sichuan") + "没有\t莫得\ts\n有钱\t有票票\ts\tambiguous=yes\n").encode(), "x"
)
CANTONESE = dialect.parse((DIALECT.format(id="cantonese") + "没有\t冇\ts\n不\t唔\ts\n").encode(), "x")
DIALECTS: tuple[Dialect, ...] = (CANTONESE, SICHUAN)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Known words; word edges are everywhere but inside one of `unbroken`."""

    known: frozenset[str] = frozenset()
    unbroken: frozenset[str] = frozenset()

    def is_word(self, text: str, start: int, end: int) -> bool:
        """Return whether neither end of a range lies inside an unbroken word."""
        return not any(
            place < edge < place + len(word)
            for word in self.unbroken
            for place in range(len(text))
            if text.startswith(word, place)
            for edge in (start, end)
        )

    def is_known(self, word: str) -> bool:
        """Return whether a word is in the dictionary."""
        return word in self.known


def source(forms: Forms = FORMS, dictionary: Dictionary | None = None) -> Source:
    """Return what variants are made from."""
    return Source(forms, DIALECTS, dictionary or Dictionary())


def wordlist(*entries: str, kinds: str = KINDS, name: str = "a") -> Wordlist:
    """Return a wordlist of these lines, whose source column is added where a line has none."""
    lines = (entry if "\t" in entry else f"{entry}\ts" for entry in entries)
    return parse((HEADER.format(id=name, kinds=kinds) + "\n".join(lines)).encode(), name)


def automaton(*entries: str, kinds: str = KINDS, forms: Forms = FORMS) -> Automaton:
    """Return an automaton over one wordlist that asks for some kinds, all unless told."""
    return Automaton([wordlist(*entries, kinds=kinds)], source(forms))
