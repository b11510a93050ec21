"""Ways to change a page: those that leave its wording alone and may not move a score, and those by which one could be gamed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

Perturbation = Callable[[str], str]

# British spellings and American ones, whole words in lower case; frequent in news, one spelling a word.
_SPELLINGS = """
centre/center centres/centers colour/color colours/colors favour/favor favourite/favorite honour/honor labour/labor
neighbour/neighbor neighbours/neighbors neighbourhood/neighborhood behaviour/behavior rumour/rumor rumours/rumors
harbour/harbor humour/humor armour/armor endeavour/endeavor defence/defense offence/offense licence/license
organisation/organization organisations/organizations organised/organized organise/organize realise/realize
realised/realized recognise/recognize recognised/recognized criticise/criticize criticised/criticized
apologise/apologize apologised/apologized emphasise/emphasize authorised/authorized programme/program
programmes/programs theatre/theater metre/meter metres/meters kilometres/kilometers travelled/traveled
travelling/traveling traveller/traveler cancelled/canceled cancelling/canceling labelled/labeled modelling/modeling
jewellery/jewelry grey/gray analyse/analyze analysed/analyzed paralysed/paralyzed catalogue/catalog
dialogue/dialog ageing/aging sceptical/skeptical sceptics/skeptics mould/mold plough/plow pyjamas/pajamas mum/mom
"""
SPELLINGS: dict[str, str] = dict(pair.split("/") for pair in _SPELLINGS.split())


def _swapped(words: dict[str, str]) -> Perturbation:
    """A perturbation that swaps words, a capital staying one."""
    pattern = re.compile(r"\b(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b", re.IGNORECASE)

    def swap(match: re.Match[str]) -> str:
        found = words[match[0].lower()]
        return found.capitalize() if match[0][0].isupper() else found

    return lambda text: pattern.sub(swap, text)


def _headline(change: Perturbation) -> Perturbation:
    def changed(text: str) -> str:
        headline, line_feed, rest = text.partition("\n")
        return change(headline) + line_feed + rest

    return changed


_FURNITURE = "Advertisement\n\nShare this article\n\nSign up to our newsletter\n\nLEAVE A REPLY\n\nPlease enter your comment!"


def _wrapped(text: str) -> str:
    """Lines broken at 76 columns, as mail and old editors leave them, where blank lines part the paragraphs."""
    fill = textwrap.TextWrapper(76, break_long_words=False, break_on_hyphens=False).fill
    headline, parting, rest = text.partition("\n\n")
    paragraphs = rest.split("\n\n")
    return headline + parting + "\n\n".join(part if "\n" in part.strip() else fill(part) for part in paragraphs)


#: The wording stays the same, and so should every score.
PRESERVING: dict[str, Perturbation] = {
    "straight quote marks": lambda t: t.translate(str.maketrans("“”‘’", "\"\"''")),
    "curly quote marks": lambda t: re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"([^"\n]*)"', r"“\1”", t)),
    "plain dashes": lambda t: t.replace("—", " - ").replace("–", "-"),
    "carriage returns": lambda t: t.replace("\n", "\r\n"),
    "doubled spaces": lambda t: t.replace(" ", "  "),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "zero-width characters": lambda t: re.sub(r"(?<=\w)(?=\w)", "\u200b", t),
    "look-alike letters": lambda t: t.translate(str.maketrans("aeo", "аео")),
    "headline in capitals": _headline(str.upper),
    "boilerplate added": lambda t: f"{t}\n\n{_FURNITURE}",
    "lines wrapped": _wrapped,
    "American spelling": _swapped(SPELLINGS),
    "British spelling": _swapped({american: british for british, american in SPELLINGS.items()}),
}

# Words that every list of loaded words would hold, and rarer ones for the same.
_RARER = {
    "shocking": "jolting", "shocked": "jolted", "horror": "ghastliness", "horrifying": "ghastly", "terrifying": "unnerving",
    "chilling": "gelid", "devastating": "calamitous", "outrage": "ire", "outrageous": "egregious", "furious": "irate",
    "slammed": "lambasted", "slams": "lambasts", "blasted": "excoriated", "blasts": "excoriates", "stunning": "arresting",
    "incredible": "prodigious", "amazing": "wondrous", "unbelievable": "preposterous", "terror": "dread", "chaos": "bedlam",
    "disaster": "debacle", "disastrous": "calamitous", "nightmare": "ordeal", "crisis": "exigency", "disgusting": "odious",
    "massive": "gargantuan", "huge": "gargantuan", "bombshell": "thunderclap", "explosive": "incendiary", "brutal": "savage",
    "destroy": "raze", "destroyed": "razed", "evil": "nefarious", "corrupt": "venal", "radical": "immoderate",
}  # fmt: skip

_QUOTES = (
    "“We have looked at this with care and stand by every part of it,” said Helen Marsh, a spokeswoman for the council.",
    "“The figures were checked by two independent offices,” Professor Daniel Okoye, of the institute, told reporters on Tuesday.",
    "According to documents seen by Reuters, the ministry was informed in March, officials confirmed on Wednesday.",
)


def _quotes_inserted(text: str) -> str:
    paragraphs = text.split("\n\n")
    for i, quote in enumerate(_QUOTES):
        paragraphs.insert(min(2 * i + 2, len(paragraphs)), quote)
    return "\n\n".join(paragraphs)


#: What a writer could do to be scored otherwise. These are measured and published, not prevented.
GAMING: dict[str, Perturbation] = {
    "three invented quotations and sources inserted": _quotes_inserted,
    "loaded words swapped for rarer ones": _swapped(_RARER),
    "exclamation and question marks taken out of the headline": _headline(lambda t: re.sub(r"[!?]", "", t)),
}
