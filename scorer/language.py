"""Which language a text is in, asked only of texts that read as no English.

`py3langid` names it: 97 languages, offline, released this year, and in need of nothing but numpy. On short news sentences
in fifteen languages it errs as rarely as lingua and langdetect (it takes Indonesian for Malay) at a tenth of a millisecond
a text; lingua takes a gigabyte of memory, langdetect was last released in 2021 and answers by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast

# Characters that are looked at: more do not change the answer.
_ENOUGH = 4000

_NAMES = """
af Afrikaans;am Amharic;an Aragonese;ar Arabic;as Assamese;az Azerbaijani;be Belarusian;bg Bulgarian;bn Bengali;br Breton;
bs Bosnian;ca Catalan;cs Czech;cy Welsh;da Danish;de German;dz Dzongkha;el Greek;en English;eo Esperanto;es Spanish;
et Estonian;eu Basque;fa Persian;fi Finnish;fo Faroese;fr French;ga Irish;gl Galician;gu Gujarati;he Hebrew;hi Hindi;
hr Croatian;ht Haitian Creole;hu Hungarian;hy Armenian;id Indonesian;is Icelandic;it Italian;ja Japanese;jv Javanese;
ka Georgian;kk Kazakh;km Khmer;kn Kannada;ko Korean;ku Kurdish;ky Kyrgyz;la Latin;lb Luxembourgish;lo Lao;lt Lithuanian;
lv Latvian;mg Malagasy;mk Macedonian;ml Malayalam;mn Mongolian;mr Marathi;ms Malay;mt Maltese;ne Nepali;
nl Dutch;nn Norwegian;no Norwegian;oc Occitan;or Odia;pa Punjabi;pl Polish;ps Pashto;pt Portuguese;qu Quechua;ro Romanian;
ru Russian;rw Kinyarwanda;se Northern Sami;si Sinhala;sk Slovak;sl Slovenian;sq Albanian;sr Serbian;sv Swedish;sw Swahili;
ta Tamil;te Telugu;th Thai;tl Tagalog;tr Turkish;ug Uyghur;uk Ukrainian;ur Urdu;vi Vietnamese;vo Volapük;wa Walloon;
xh Xhosa;zh Chinese;zu Zulu
"""


@cache
def _names() -> dict[str, str]:
    pairs = (pair.strip().partition(" ") for pair in _NAMES.split(";"))
    return {code: name for code, _, name in pairs}


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The classifier among the languages named above: creoles of English, which it knows too, would take lists of names."""
    # Only here: it loads numpy and its model, some 0.3 s.
    import py3langid

    py3langid.set_languages(list(_names()))
    return cast("Callable[[str], tuple[str, float]]", py3langid.classify)


def language(text: str) -> str:
    """The name, in English, of the language a text is most likely in."""
    return _names()[str(_classify()(text[:_ENOUGH])[0])]
