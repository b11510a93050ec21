"""Zones: the five real pages line by line, our own pages by their share of lines, and the promises for any text."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.parse import furniture, parse
from scorer.types import ZONES, Page

HERE = Path(__file__).parent
SEEDS = json.loads((HERE / "seeds" / "gold.json").read_text())
PAGES = sorted((HERE / "pages").glob("*.txt"))


def line_zones(article):
    """The zone of each line of the text, "-" for a blank one."""
    places = [z for z in article.zones if z.label not in ("quote", "attribution")]
    labels, at = [], 0
    for line in article.text.split("\n"):
        label = "-"
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            labels_here = [z.label for z in places if z.start <= start < z.end]
            # An inline dateline lies in the body paragraph it opens.
            label = "body" if "body" in labels_here else labels_here[0]
        labels.append(label)
        at += len(line) + 1
    return labels


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_seed_is_parsed_line_by_line_as_read_by_hand(shared, name):
    data = (shared / "seeds" / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SEEDS[name]["sha256"], "the gold is of another file"
    article = parse(Page(id=name, content=data.decode()))
    blocks = [z for z in article.zones if z.label not in ("quote", "attribution") and not is_inline(z, article)]
    assert [[z.start, z.end, z.label] for z in blocks] == [span[:3] for span in SEEDS[name]["spans"]]
    for start, end, _, digest in SEEDS[name]["spans"]:
        assert hashlib.sha256(article.text[start:end].encode()).hexdigest()[:16] == digest


def is_inline(zone, article):
    return zone.label == "dateline" and any(b.start <= zone.start < b.end for b in article.zone("body"))


# Share of non-blank lines of our own pages that get the zone their authors gave them. The pages a* were seen while the
# rules were chosen, and errors on b* while the furniture lists were; c* were written last and only counted: their figure
# is the one that counts.
@pytest.mark.parametrize(("kind", "floor"), [("a", 0.92), ("b", 0.82), ("c", 0.78)])
def test_pages_in_other_outlets_habits(kind, floor):
    right = total = 0
    for path in (p for p in PAGES if p.name.startswith(kind)):
        gold = path.with_suffix(".gold").read_text().split("\n")
        found = line_zones(parse(Page(id=path.name, content=path.read_text())))
        pairs = [(g, f) for g, f in zip(gold, found, strict=False) if g != "-"]
        right += sum(g == f for g, f in pairs)
        total += len(pairs)
    print(f"{kind}: {right} of {total} lines, {right / total:.3f}")
    assert total > 300
    assert right / total >= floor


def test_one_line_is_a_headline_and_a_long_one_a_body():
    headline = parse(Page(id="one", content="Council approves new library after long debate"))
    assert [z.label for z in headline.zones if z.label != "attribution"] == ["headline"]
    long = "The council met on Tuesday and agreed to build a library. " * 90_000
    article = parse(Page(id="long", content=long))
    assert article.zone("headline") == ()
    assert len(article.zone("body")) == 1


@pytest.mark.parametrize("content", ["", "   \n \n", "\x00"])
def test_nothing_in_nothing_out(content):
    article = parse(Page(id="empty", content=content))
    assert article.zone("body") == article.zone("headline") == ()


def test_a_page_that_is_only_a_consent_wall_has_no_body(samples):
    article = parse(Page(id="wall", content=(samples / "s7_consent_wall_only.txt").read_text()))
    assert article.zone("body") == ()
    assert article.zone("boilerplate")


def test_a_wrapped_page_has_the_zones_of_the_unwrapped_one():
    path = HERE / "pages" / "a07_hard_wrapped_mail.txt"
    article = parse(Page(id="wrapped", content=path.read_text()))
    assert any("\n" in article.text[z.start : z.end] for z in article.zone("body"))


@pytest.mark.parametrize("form", furniture.FORMS, ids=lambda form: form.pattern.pattern[:30])
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_line_that_fits_a_form_is_passed_over_at_a_glance(form, data):
    line = data.draw(st.from_regex(form.pattern)).strip()
    if line and form.pattern.match(line):
        assert form in furniture.forms_for(line[0], line[-1], ":" if ":" in line else "")


PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "By ",
    "READ MORE: ",
    "said ",
    "…",
    "\n",
    "\n\n",
    " ",
    ".",
    "[REPORT]",
    "\u200b",
    "\ud800",
    "Ж",
    "ﬁ",
    "İ",
    "\r\n",
    "Advertisement",
    "Mr. Smith said",
    "A sentence of an article is here, it is long enough.",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_any_text_gives_zones_within_it(pieces):
    text = "".join(pieces)
    article = parse(Page(id="any", content=text))
    assert article.text == text
    for zone in article.zones:
        assert zone.label in ZONES
        assert 0 <= zone.start < zone.end <= len(text)
    blocks = sorted(z for z in article.zones if z.label not in ("quote", "attribution", "dateline"))
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks)), "zones overlap"
    for quote in article.zone("quote"):
        assert any(b.start <= quote.start and quote.end <= b.end for b in article.zone("body"))
