"""Names in the mark-up -> hints of what a container is for: a bit for each kind."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

# Words in class, id, role and data-component that say what a container is for. "-" is a boundary between words, "~" one
# or none. Names of widgets are facts of the trade; the rest are the common words of such names.
_HINTS = {
    "nav": "-nav navbar navigation menu breadcrumb toolbar pagination pager -tab- -tabs- site~map skip~link skip~to",
    "foot": "footer- foot- colophon copyright -legal",
    "head": "-header- masthead branding top~bar -banner- site~header page~header",
    "side": "sidebar side~bar -aside -rail- right~col right~rail right~hand secondary widget col~right -module- -modules-",
    "share": "share sharing social follow~us facebook twitter addthis -print e~mail tool- tools- toolbox "
    "-action- -actions- "
    "reaction",
    "comment": "comment disqus respond- discussion -reply replies livefyre -forum -thread",
    "related": "relat recommend more~stories more~news more~from more~on more~articles more~posts also read~more "
    "read~next "
    "popular trending most~read most~viewed most~shared most~e-mailed latest recent similar further dont~miss "
    "recirc next~up "
    "next~article next~post teaser carousel -link- -links- see~also linkbox link~list post~nav prev~post previous~post",
    "promo": "promo -cta- call~to~action -box- callout marketing offer banner upsell product~card -deal",
    "card": "-card- -cards- -tile -grid- -item- -items- -list- -listing -feed- -thumb",
    "vendor": "taboola outbrain revcontent zergnet mgid dianomi nativo adblade content~ad- connatix engageya "
    "sharethrough "
    "plista ligatus spoutable triplelift gravity~widget -ob-widget -trc- yahoo-gemini strossle",
    "ad": "-ad- -ads- advert adsense sponsor promoted -dfp -gpt partner~content -paid- adbox ad~slot ad~unit ad~container",
    "newsletter": "newsletter subscri sign~up opt~in- mailchimp paywall regwall log~in- register membership donat",
    "byline": "by~line author contributor writer reporter",
    "meta": "-meta -date -time publi timestamp dateline posted -tag- -tags- categor kicker eyebrow topic -info-",
    "caption": "caption credit photo gallery figure -image -img media video slide lightbox player",
    "cookie": "cookie consent gdpr -cmp- privacy modal pop~up overlay dialog toast -alert onetrust drawer",
    "body": "article~body article~content article~text article~copy article~inner article~main story~body "
    "story~content "
    "story~text post~body post~content post~text post~inner entry~content entry~body entry~text page~content page~body "
    "blog~content blog~post~content news~body news~content news~text main~content main~body main~text "
    "body~content body~text "
    "body~copy content~body content~main content~inner content~text rich~text prose- wysiwyg field--body -story- "
    "-entry- "
    "article~wrap markdown -article-",
    "deck": "standfirst -dek- -deck- sub~title sub~head summary excerpt -lede -intro tagline abstract",
    "title": "headline title heading",
    "bio": "-bio- about~author about-the-author author~box author~info author~card author~bio author~profile author~desc profile",
    "toc": "-toc- table~of~contents jump~links jump~to on~this~page anchor~nav",
    "note": "key~takeaways key~points highlights pull~quote infobox fact~box disclaimer disclosure footnote references",
    "hidden": "-sr-only visually~hidden screen~reader -hidden- -hide- -invisible noprint collapsed",
}
_HINT_NAMES = tuple(_HINTS)
BIT = {name: 1 << i for i, name in enumerate(_HINT_NAMES)}
TAG_BIT = {
    "nav": BIT["nav"],
    "footer": BIT["foot"],
    "header": BIT["head"],
    "aside": BIT["side"],
    "figure": BIT["caption"],
    "figcaption": BIT["caption"],
    "button": BIT["promo"],
    "label": BIT["newsletter"],
    "address": BIT["byline"],
}
_EXTRA = ("form", "article", "main", "table", "list", "itembody")
TAG_BIT |= {
    tag: 1 << (len(_HINTS) + _EXTRA.index(name))
    for name, tags in {
        "form": "form",
        "article": "article",
        "main": "main",
        "table": "table",
        "list": "ul ol dl menu",
    }.items()
    for tag in tags.split(" ")
}
BIT |= {name: 1 << (len(_HINTS) + i) for i, name in enumerate(_EXTRA)}
BITS = tuple(BIT.items())
HARMLESS = BIT["body"] | BIT["article"] | BIT["main"] | BIT["itembody"]
_NOT_LETTER = re.compile(r"[^a-z0-9]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _hint_words() -> tuple[AhoCorasick, list[int]]:
    """The automaton over all words of `_HINTS`, and the bit of each pattern."""
    patterns: dict[str, int] = {}
    for name, said in _HINTS.items():
        for word in said.split():
            for variant in {word.replace("~", "-"), word.replace("~", "")}:
                patterns[variant] = patterns.get(variant, 0) | BIT[name]
    return AhoCorasick(list(patterns)), list(patterns.values())


def hints_in(said: str) -> int:
    """The bits of all kinds whose words are in the names of an element (the first 400 characters of them)."""
    automaton, bits = _hint_words()
    found = 0
    plain = _NOT_LETTER.sub("-", _CAMEL.sub("-", said[:400]).lower())
    for pattern, _, _ in automaton.find_matches_as_indexes(f"-{plain}-", overlapping=True):
        found |= bits[pattern]
    return found
