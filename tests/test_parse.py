"""Zones: the five real pages line by line, our own pages by their share of lines, and the promises for any text."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.parse import furniture, line_facts, lines, parse
from scorer.parse.plain import plain_blocks
from scorer.terms import match
from scorer.text import fold, visible
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
    text = data.decode()
    article = parse(Page(id=name, content=text))
    assert article.text == text.replace("\u00a0", " ")
    blocks = [z for z in article.zones if z.label not in ("quote", "attribution") and not is_inline(z, article)]
    assert [[z.start, z.end, z.label] for z in blocks] == [span[:3] for span in SEEDS[name]["spans"]]
    for start, end, _, digest in SEEDS[name]["spans"]:
        assert hashlib.sha256(text[start:end].encode()).hexdigest()[:16] == digest


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
    long = "The council met on Tuesday and agreed to build a library. " * 60_000
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
    "# ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
def test_any_text_gives_zones_within_it(pieces):
    text = "".join(pieces)
    article = parse(Page(id="any", content=text))
    text = visible(text)
    assert article.text == text
    for zone in article.zones:
        assert zone.label in ZONES
        assert 0 <= zone.start < zone.end <= len(text)
    blocks = sorted(z for z in article.zones if z.label not in ("quote", "attribution", "dateline"))
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks)), "zones overlap"
    for quote in article.zone("quote"):
        assert any(b.start <= quote.start and quote.end <= b.end for b in article.zone("body"))


PARAGRAPHS = (
    "Ferries between the two islands stopped on Monday after the pier at Skarn was found to be cracked, the harbour board said.",
    "Engineers who dived below the pier in the morning found that three of its twelve piles had moved by a hand's breadth.",
    "The board hopes to run a smaller boat from the old slipway by Thursday, but it will carry no cars and few people.",
    "Shops on the outer island have bread for four days, the council said, and the clinic has been promised a helicopter.",
)
TITLE = "Ferries stop after cracks are found in pier"
MENU = "Home\nNews\nSport\nWeather\nJobs\nContact us\nSubscribe\nLog in\n"


def zones_of(text, label):
    article = parse(Page(id="x", content=text))
    return [article.text[zone.start : zone.end] for zone in article.zone(label)]


def test_the_body_of_a_flattened_page_is_its_article():
    body = "\n".join(PARAGRAPHS)
    others = (
        "Winners of the harbour raffle drawn\nPupils build a boat from milk cartons\nStorm names for the winter announced\n"
        "The council has put off its vote on parking until the new year, when two empty seats will have been filled.\n"
        "Choir seeks basses\n"
    )
    page = f"{MENU}{TITLE}\nBy Ada Brook\n{body}\nShare this\nPrint\n{others}{MENU}© Skarn Times\n"
    assert zones_of(page, "headline") == [TITLE]
    assert zones_of(page, "body") == list(PARAGRAPHS)


def test_short_lines_of_a_text_without_furniture_are_its_own():
    verses = ["The tide goes out", "The tide comes in", "My boat", "My rope"] * 4
    text = "A song from the pier\n\n" + "\n".join([PARAGRAPHS[0], *verses, PARAGRAPHS[1]])
    assert zones_of(text, "body") == [PARAGRAPHS[0], *verses, PARAGRAPHS[1]]


@pytest.mark.parametrize("n_paragraphs", [1, 2, 4])
def test_clean_paragraphs_are_left_whole(n_paragraphs):
    article = PARAGRAPHS[:n_paragraphs]
    assert zones_of(f"{TITLE}\n\n" + "\n\n".join(article), "body") == list(article)


@pytest.mark.parametrize("sign", ["# ", "###### ", "#\t"])
def test_the_sign_of_a_heading_in_markdown_is_no_part_of_it(sign):
    text = f"{sign}{TITLE}\n\n{PARAGRAPHS[0]}\n\n## The slipway\n\n{PARAGRAPHS[1]}\n"
    assert zones_of(text, "headline") == [TITLE]
    assert zones_of(text, "body") == [PARAGRAPHS[0], "The slipway", PARAGRAPHS[1]]
    assert parse(Page(id="x", content=text)).text == text


def test_a_heading_in_wrapped_markdown_is_a_line_of_its_own():
    wrapped = (
        "The board met on Monday to talk about what is left of the\n"
        "pier, and said that its piles must be looked at again, one by\none, before any boat may land there.\n"
    ) * 2
    heading = "What the divers found at the foot of the northern piles"
    text = f"# {TITLE}\n{wrapped}## {heading}\n{wrapped}"
    blocks, is_wrapped = plain_blocks(text)
    found = [text[block.start : block.end] for block in blocks]
    assert is_wrapped
    assert found[0] == TITLE
    assert heading in found
    assert zones_of(text, "headline") == [TITLE]


@pytest.mark.parametrize("line", ["#1 boat of the year", "#pier", "# # #", "####### seven", "C# for ferries", "#", "###"])
def test_other_number_signs_are_words_of_the_text(line):
    (block,), _ = plain_blocks(f" {line} ")
    assert line == f" {line} "[block.start : block.end]


def test_signed_comments_may_outweigh_the_article():
    comments = "".join(
        f"I have said for years that this pier would go one day, and nobody at the board ever cared to listen, number {i}.\n"
        f"Posted by: reader {i} | January 14, 2024 07:{i:02} PM\n"
        for i in range(30)
    )
    page = f"{TITLE}\n" + "\n".join([*PARAGRAPHS, *PARAGRAPHS]) + f"\nComments\n{comments}"
    assert zones_of(page, "body") == [*PARAGRAPHS, *PARAGRAPHS]


def test_dates_between_the_items_of_a_link_block_are_in_it():
    items = "Pier at Skarn passes its inspection\nMay 4, 2023\nHarbour board elects a new chair\nMarch 1, 2023\n"
    page = TITLE + "\n{}" + "\n".join(PARAGRAPHS[:2]) + "\n{}" + "\n".join(PARAGRAPHS[2:])
    within = zones_of(page.format("", "Related articles\n" + items), "link_block")
    assert within == ["Related articles", *items.split("\n")[:3]]
    above = zones_of(page.format("Also read\n" + items, ""), "link_block")
    assert {"Pier at Skarn passes its inspection", "Harbour board elects a new chair"} <= set(above)


def test_a_menu_ends_a_link_block():
    menu = "News\nSport\nBowls\nTides\nSailing\nBirds\nChess\nMusic\nFilm\nGarden\n"
    page = f"{TITLE}\n" + "\n".join(PARAGRAPHS)
    page += (
        "\nRelated articles\nPier at Skarn passes its inspection\nHarbour board elects a new chair\nWhat piles are made of\n"
        + menu
    )
    links = zones_of(page, "link_block")
    assert "What piles are made of" in links
    assert not {"Chess", "Garden"} & set(links)


def test_the_model_of_lines_knows_the_facts_that_are_told_of_them():
    """Weights learned under other names would be silent."""
    known, told = set(lines._weights()[1]), set()
    for path in (p for p in PAGES if p.name[0] in "ab"):
        text = path.read_text()
        folded = fold(text)
        shapes, labels, roles = furniture.find_furniture(text, folded, plain_blocks(text)[0], match(folded)[0])
        for names in line_facts.line_facts(shapes, labels, roles):
            told.update(names)
    assert len(told & known) > 0.99 * len(told)


def flattened(below):
    """The zones of the lines of a page with menus around an article, with `below` under the article."""
    menu = [f"Section {i} of the paper" for i in range(40)]
    story = [
        f"The council of the {i}th district met on Tuesday and agreed to build a library, its speaker said." for i in range(6)
    ]
    lines_ = ["Home", "Search", *menu, "Council agrees to build six new libraries", "By Ann Porter", *story, *below, *menu]
    return line_zones(parse(Page(id="page", content="\n".join(lines_))))[len(menu) + 4 + len(story) :][: len(below)]


TITLES = ["Library opens after long delay in the north", "Readers ask for longer hours on Sundays", "Old reading room to be sold"]


def test_of_lists_of_links_only_those_of_the_article_are_its_link_blocks():
    assert flattened(["Related articles", *TITLES]) == ["link_block"] * 4
    assert flattened(["Most popular", *TITLES]) == ["boilerplate"] * 4


def test_titles_with_blurbs_below_a_heading_are_items_and_no_paragraphs():
    blurb = "The reading room has been closed since the spring, and the town has found a buyer for it."
    pairs = [line for title in TITLES for line in (title, blurb)]
    assert flattened(["Related articles", *pairs]) == ["link_block"] * 7


def test_a_table_of_numbers_stays_in_the_body_and_a_count_of_shares_does_not():
    story = ["The share of each party moved little in the poll, which asked nine hundred people by telephone."] * 8
    rows = ["North", "42", "37", "11", "South", "33", "45", "14", "West", "47", "36", "8"]
    page = ["Poll finds little change between the parties", "By Ann Porter", *story, *rows, *story]
    zones = line_zones(parse(Page(id="poll", content="\n".join(page))))
    assert zones[10:22] == ["body"] * 12
    shared = line_zones(parse(Page(id="shared", content="\n".join([*page[:10], "42", *story]))))
    assert shared[10] == "boilerplate"
